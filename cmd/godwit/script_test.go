package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"godwit": func() { os.Exit(run()) }})
}

// TestScripts runs every script in testdata/script: one file for each verb and each way it can go wrong. Scripts find
// the repository in $REPO.
func TestScripts(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repo)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond != "namespace" {
				return false, fmt.Errorf("there is no condition %q", cond)
			}
			return hasNamespace(), nil
		},
	})
}

// hasNamespace tells whether a network namespace with a TAP can be made, and what its examples use is installed.
func hasNamespace() bool {
	for _, tool := range []string{"unshare", "ip", "ping"} {
		if _, err := exec.LookPath(tool); err != nil {
			return false
		}
	}
	return exec.Command("unshare", "-rn", "ip", "tuntap", "add", "gw0", "mode", "tap").Run() == nil
}

// TestVerbsHaveScripts: each verb is run by a script, if only to see it refuse.
func TestVerbsHaveScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%d scripts, %v", len(scripts), err)
	}
	var all []byte
	for _, path := range scripts {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	for _, v := range verbs(newRootCommand()) {
		run := regexp.MustCompile(regexp.QuoteMeta(v.CommandPath()) + `(\s|$)`)
		if !v.HasSubCommands() && !run.Match(all) {
			t.Errorf("no script in testdata/script runs %q", v.CommandPath())
		}
	}
}
