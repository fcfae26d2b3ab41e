package replay

import (
	"fmt"
	"io"
	"strings"
)

// Finding is a difference that no freedom explains: the first one of an endpoint, where its replay ends.
type Finding struct {
	File   string `json:"file"`
	Frame  int    `json:"frame"` // From 1, as Wireshark counts.
	Reason string `json:"reason"`
	// Linux and Model are the two packets, annotated; empty where one has none.
	Linux string `json:"linux,omitempty"`
	Model string `json:"model,omitempty"`
}

// Result is the replay of one endpoint of a scenario.
type Result struct {
	Scenario string `json:"scenario"`
	Endpoint string `json:"endpoint"` // "a" or "b": the golden model took its place.
	File     string `json:"file"`
	// Sent and Received are the captured frames of the connection; Ignored are those that are not, or not whole.
	Sent     int `json:"sent"`
	Received int `json:"received"`
	Ignored  int `json:"ignored"`
	// Requests, Responses, Completions and States were compared and agree.
	Requests    int             `json:"requests"`
	Responses   int             `json:"responses"`
	Completions int             `json:"completions"`
	States      int             `json:"states"`
	Freedoms    map[Freedom]int `json:"freedoms"`
	Finding     *Finding        `json:"finding,omitempty"`
}

// Note is something in the input that the replay did not use.
type Note struct {
	File   string   `json:"file"`
	Fields []string `json:"fields"` // of NAME.json, unknown here
}

// Count is how often a freedom was used.
type Count struct {
	Freedom Freedom `json:"freedom"`
	IBTA    string  `json:"ibta"` // Sections.
	Count   int     `json:"count"`
}

// Report is what Run found.
type Report struct {
	OK       bool      `json:"ok"`
	Problem  string    `json:"problem,omitempty"` // One line, empty when OK.
	Results  []*Result `json:"results"`
	Notes    []Note    `json:"notes,omitempty"`
	Freedoms []Count   `json:"freedoms"` // All that there are, those never used included.
}

func (r *Report) conclude() {
	findings := 0
	var first *Finding
	for _, x := range r.Results {
		if x.Finding != nil {
			if findings++; first == nil {
				first = x.Finding
			}
		}
	}
	for _, f := range freedoms {
		n := 0
		for _, x := range r.Results {
			n += x.Freedoms[f.Freedom]
		}
		r.Freedoms = append(r.Freedoms, Count{f.Freedom, f.IBTA, n})
	}
	if findings > 0 {
		r.Problem = fmt.Sprintf("%d of %d endpoints differ, the first in %s at frame %d: %s", findings, len(r.Results), first.File, first.Frame, first.Reason)
	}
	r.OK = r.Problem == ""
}

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	var sum Result
	for _, x := range r.Results {
		sum.Requests += x.Requests
		sum.Responses += x.Responses
		sum.Completions += x.Completions
		sum.States += x.States
		mark := "ok"
		if x.Finding != nil {
			mark = "DIFFERS"
		}
		fmt.Fprintf(&b, "%-40s %s  %3d requests, %3d responses, %3d completions  %s\n", x.File, x.Endpoint, x.Requests, x.Responses, x.Completions, mark)
		if f := x.Finding; f != nil {
			fmt.Fprintf(&b, "  frame %d: %s\n", f.Frame, f.Reason)
			section(&b, "captured", f.Linux)
			section(&b, "model", f.Model)
		}
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "%s: not used: %s\n", n.File, strings.Join(n.Fields, ", "))
	}
	fmt.Fprintf(&b, "endpoints %d, requests %d, responses %d, completions %d, states %d\n", len(r.Results), sum.Requests, sum.Responses, sum.Completions, sum.States)
	for _, c := range r.Freedoms {
		if c.Count > 0 {
			fmt.Fprintf(&b, "  %6d  %s (IBTA %s)\n", c.Count, c.Freedom, c.IBTA)
		}
	}
	if r.OK {
		b.WriteString("capture replay: ok\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func section(b *strings.Builder, name, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(b, "  %s:\n", name)
	for line := range strings.Lines(text) {
		b.WriteString("    " + line)
	}
}
