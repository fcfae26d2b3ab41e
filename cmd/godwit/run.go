package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/runner"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/qp"
)

// runFlags are the flags of `godwit run`.
type runFlags struct {
	nics         []string
	dialect      string
	pcap, ladder string
	json         *bool
}

// newRunCommand is `godwit run`.
func newRunCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run STORY...",
		Short: "Run stories: operations on NICs, queue pairs and links, with what is expected of them",
		Long: `Runs stories and judges them: every expectation holds, every scripted fault was used up, and the trace is the
golden one behind "-- trace --", if there is one. With --dialect they run in that dialect of the migration protocol, whatever they name; what a story
of another dialect says of single packets that are not there (deliver, send, expire ...) is passed over. With --nic a NIC is the Verilated RTL, in lockstep with the golden
model; it takes other times, so that then only expectations and lockstep are judged, not the trace.

Operations:
` + op.Help(),
		Example: `  godwit run golden/rollback.story
  godwit run golden/*.story --nic a=rtl
  godwit run golden/both-move.story --dialect godwit-R9
  godwit run golden/loss.story --pcap loss.pcapng --ladder loss.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runStories(cmd, args, &f) },
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.nics, "nic", nil, "kind of NICs by name, as a=rtl,b=golden; golden if not named")
	flags.StringVar(&f.pcap, "pcap", "", "pcapng file to write, of one story")
	flags.StringVar(&f.ladder, "ladder", "", "file to draw the packets in as a ladder diagram, of one story")
	flags.StringVar(&f.dialect, "dialect", "", "dialect of the NICs instead of what the stories name, as migros-poc or godwit-R3")
	f.json = ui.JSONFlag(flags)
	return cmd
}

func runStories(cmd *cobra.Command, files []string, f *runFlags) error {
	if len(files) > 1 && f.pcap+f.ladder != "" {
		return ui.BadInputf("run: --pcap and --ladder are for one story")
	}
	kinds, err := runner.ParseKinds(f.nics)
	if err != nil {
		return ui.BadInput(err)
	}
	var rules *qp.Rules
	if f.dialect != "" {
		r, err := qp.ParseDialect(f.dialect)
		if err != nil {
			return ui.BadInput(err)
		}
		rules = &r
	}
	var stories []*story.Story
	for _, file := range files {
		s, err := story.Read(file)
		if err != nil {
			return ui.BadInput(err)
		}
		stories = append(stories, s)
	}
	if err := kinds.Check(stories); err != nil {
		return ui.BadInput(err)
	}
	o := runner.Options{Kinds: kinds, Rules: rules, Builder: sim.Builder{Progress: announce}}
	pcap, err := create(f.pcap, &o.Pcap)
	if err != nil {
		return err
	}
	drawing, err := create(f.ladder, &o.Ladder)
	if err != nil {
		return err
	}
	err = judge(cmd, stories, o, *f.json)
	return errors.Join(err, pcap(), drawing())
}

// create opens a file to write, if it has a name; what it returns closes it.
func create(name string, w *io.Writer) (func() error, error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, ui.BadInput(err)
	}
	*w = file
	return file.Close, nil
}

// judge runs all stories, whatever becomes of one.
func judge(cmd *cobra.Command, stories []*story.Story, o runner.Options, asJSON bool) error {
	var results []*runner.Result
	failed := 0
	for _, s := range stories {
		r, err := runner.Run(cmd.Context(), s, o)
		if err != nil {
			if err := environment(cmd.Context(), err); err != nil {
				return err
			}
			failed++
			errors.As(err, &r.Divergence)
		}
		results = append(results, r)
		if !asJSON {
			printRun(cmd.OutOrStdout(), r)
		}
	}
	if asJSON {
		if err := ui.WriteJSON(cmd.OutOrStdout(), results); err != nil {
			return err
		}
	}
	if failed != 0 {
		return ui.Failf("%d of %d stories do not hold", failed, len(results))
	}
	if !asJSON {
		fmt.Fprintln(cmd.OutOrStdout(), "run: ok")
	}
	return nil
}

func printRun(w io.Writer, r *runner.Result) {
	if !r.OK {
		fmt.Fprintf(w, "FAIL  %s\n", r.Failure)
		return
	}
	fmt.Fprintf(w, "ok    %s: %d packets, %d completions, %d cycles", r.Story, r.Stats.Packets, r.Stats.Completions, r.Stats.Cycles)
	switch {
	case r.LockstepSteps != 0:
		fmt.Fprintf(w, ", %d steps in lockstep", r.LockstepSteps)
	case !r.Traced:
		fmt.Fprint(w, ", no golden trace")
	}
	fmt.Fprintln(w)
}
