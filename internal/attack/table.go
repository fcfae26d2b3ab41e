package attack

import (
	"fmt"
	"math"
	"strings"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/qp"
)

// tableWindow is the number of unacknowledged packets of the victim that tables assume.
const tableWindow = 16

// columns are the checks of the table.
var columns = []struct {
	name string
	off  qp.Rules
}{
	{"all checks", 0}, {"no tag", qp.Untagged}, {"no progress", qp.AnyProgress}, {"no address", qp.AnyAddress},
	{"not asked for", qp.Unasked}, {"no tag, no progress", qp.Untagged | qp.AnyProgress},
}

// lines are the attacks of the table.
var lines = []struct {
	name string
	c    Case
}{
	{"RESUME from its own address: hijack", Case{Strategy: fabric.Steal}},
	{"the same, address pinned", Case{Strategy: fabric.Steal, Pinned: true}},
	{"REDIRECT while RESUME is pending: hijack", Case{Strategy: fabric.Redirect, Pending: true}},
	{"REDIRECT at any other time", Case{Strategy: fabric.Redirect}},
	{"STALE while RESUME is pending: kill", Case{Strategy: fabric.Kill, Pending: true}},
	{"STALE at any other time", Case{Strategy: fabric.Kill}},
	{"RESUME_ACK while RESUME is pending: no announcement any more", Case{Strategy: fabric.Pretend, Pending: true}},
	{"NAK_STOPPED: pause", Case{Strategy: fabric.Stop}},
	{"ACK: false completion", Case{Strategy: fabric.Ack}},
	{"NAK: kill", Case{Strategy: fabric.Nak}},
	{"SEND: wrong data", Case{Strategy: fabric.Inject}},
	{"READ response: wrong data", Case{Strategy: fabric.Answer}},
}

// Table is the expected number of packets to success, by [Odds], as Markdown.
func Table() string {
	var b strings.Builder
	b.WriteString("| attack | knowledge |")
	for _, c := range columns {
		fmt.Fprintf(&b, " %s |", c.name)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(columns)) + "\n")
	for _, l := range lines {
		for k := range fabric.KnowledgeNames {
			fmt.Fprintf(&b, "| %s | %v |", l.name, fabric.Knowledge(k))
			for _, col := range columns {
				c := l.c
				c.Window, c.Off, c.Unknown = tableWindow, col.off, fabric.Knowledge(k).Unknowns(true)
				fmt.Fprintf(&b, " %s |", packets(Odds(&c)))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// packets is the expected number of packets, the inverse of a chance.
func packets(p float64) string {
	if p == 0 {
		return "never"
	}
	n := 1 / p
	if exp := math.Log2(n); exp >= 10 {
		return fmt.Sprintf("2^%.3g", exp)
	}
	return fmt.Sprintf("%.0f", n)
}
