package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/explore"
	"github.com/godwit-rdma/godwit/internal/runner"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/qp"
)

// tellFinding writes the first finding as a story and as a ladder, and runs it. A story that holds is
// one of a property that is broken without harm to those who use the connection, as P5 may be without R11.
func tellFinding(cmd *cobra.Command, f *exploreFlags, w *explore.World, rules qp.Rules, r *explore.Result) error {
	if len(r.Findings) == 0 {
		return ui.BadInputf("explore: there is no finding to write to --story or --ladder")
	}
	found := &r.Findings[0]
	s := found.Story(w, rules, f.story, fmt.Sprintf("%s: %s. A shortest path in world %s.", found.Property, found.Text, w.Name))
	if f.story != "" {
		if err := s.Write(); err != nil {
			return ui.BadInput(err)
		}
	}
	o := runner.Options{}
	done := func() error { return nil }
	if f.ladder == "-" {
		o.Ladder = cmd.OutOrStdout()
	} else {
		var err error
		if done, err = create(f.ladder, &o.Ladder); err != nil {
			return err
		}
	}
	_, err := runner.Run(cmd.Context(), s, o)
	if derr := done(); derr != nil {
		return derr
	}
	var failure *story.Failure
	switch {
	case errors.As(err, &failure):
		return printStory(cmd.OutOrStdout(), f, failure.Place.Reason)
	case err == nil:
		return printStory(cmd.OutOrStdout(), f, "it holds: no program comes to know of it")
	}
	return fmt.Errorf("explore: the story of finding %s: %w", found.Property, err)
}

// printStory tells how the story ends, unless the output is for a program.
func printStory(w io.Writer, f *exploreFlags, how string) error {
	if *f.json {
		return nil
	}
	_, err := fmt.Fprintf(w, "as a story: %s\n", how)
	return err
}
