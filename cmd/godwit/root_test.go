package main

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/ui"
)

// verbs returns every verb below cmd that godwit defines, cobra's own (help, completion) left out.
func verbs(cmd *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, sub := range cmd.Commands() {
		if sub.Name() == "help" || sub.Name() == "completion" {
			continue
		}
		all = append(append(all, sub), verbs(sub)...)
	}
	return all
}

// TestHelp asks for the help of every verb. Each must have an example, and the example must be one that works: its
// verb and its flags exist.
func TestHelp(t *testing.T) {
	for _, verb := range append(verbs(newRootCommand()), newRootCommand()) {
		t.Run(verb.CommandPath(), func(t *testing.T) {
			root := newRootCommand()
			var out bytes.Buffer
			root.SetOut(&out)
			root.SetArgs(append([]string{"help"}, strings.Fields(verb.CommandPath())[1:]...))
			if err := execute(context.Background(), root); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), "Examples:\n") {
				t.Errorf("no example; set Example in the cobra.Command.\n%s", out.String())
			}
			if !verb.HasSubCommands() && verb.Long == "" {
				t.Error("the help says no more than the list of verbs; set Long in the cobra.Command: what it reads, what it prints, what decides the exit code")
			}
			for _, line := range strings.Split(strings.TrimSpace(verb.Example), "\n") {
				checkExample(t, strings.TrimSpace(line))
			}
		})
	}
}

// shellWords matches one word of an example, quoted or not.
var shellWords = regexp.MustCompile(`'[^']*'|"[^"]*"|\S+`)

func checkExample(t *testing.T, line string) {
	words := shellWords.FindAllString(line, -1)
	if len(words) == 0 || words[0] != "godwit" {
		t.Errorf("example %q does not begin with godwit", line)
		return
	}
	if len(words) > 1 && words[1] == "help" {
		if _, rest, err := newRootCommand().Find(words[2:]); err != nil || len(rest) != 0 {
			t.Errorf("example %q asks for help about no verb", line)
		}
		return
	}
	for i, w := range words {
		if w == "|" || w == ">" {
			words = words[:i]
			break
		}
	}
	verb, rest, err := newRootCommand().Find(words[1:])
	if err != nil {
		t.Errorf("example %q: %v", line, err)
		return
	}
	if err := verb.ParseFlags(rest); err != nil {
		t.Errorf("example %q: %v", line, err)
		return
	}
	if err := verb.ValidateArgs(verb.Flags().Args()); err != nil {
		t.Errorf("example %q: %v", line, err)
	}
}

// TestInterruption: a check that was cut short has not failed, and says why it ended.
func TestInterruption(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, result := range []error{context.Canceled, ui.Failf("1 of 2 done"), nil} {
		root := newRootCommand()
		root.AddCommand(&cobra.Command{Use: "long", RunE: func(cmd *cobra.Command, _ []string) error {
			cancel()
			if cmd.Context().Err() == nil {
				t.Error("the verb does not learn of the interruption")
			}
			return result
		}})
		root.SetArgs([]string{"long"})
		err := execute(ctx, root)
		if result == nil {
			if err != nil {
				t.Errorf("a verb that was done all the same: %v", err)
			}
			continue
		}
		if ui.ExitCode(err) != ui.Internal || !strings.HasPrefix(err.Error(), "interrupted") {
			t.Errorf("%v became %q, exit code %d", result, err, ui.ExitCode(err))
		}
	}
}

// TestUsage: whatever cobra refuses is the caller's mistake.
func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"nonsense"}, {"version", "--nonsense"}, {"version", "extra"}} {
		root := newRootCommand()
		root.SetArgs(args)
		if err := execute(context.Background(), root); ui.ExitCode(err) != ui.Usage {
			t.Errorf("%v: exit code %d, error %v", args, ui.ExitCode(err), err)
		}
	}
	var e *ui.ExitError
	if err := ui.BadInput(errors.New("x")); !errors.As(err, &e) {
		t.Error("an ExitError is not found")
	}
}
