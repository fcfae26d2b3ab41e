package replay

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
)

// verbKind is a command of the log.
type verbKind string

// Commands of the log, as the README of the captures has them.
const (
	verbFill  verbKind = "fill"
	verbRecv  verbKind = "recv"
	verbPost  verbKind = "post"
	verbPoll  verbKind = "poll"
	verbSet64 verbKind = "set64"
	verbGet64 verbKind = "get64"
	verbState verbKind = "state"
)

// arguments is how many numbers follow each command; post has its operation before them.
var arguments = map[verbKind]int{
	verbFill: 3, verbRecv: 3, verbPost: 6, verbPoll: 2, verbSet64: 2, verbGet64: 1, verbState: 0,
}

// postOps are the operations of post.
var postOps = map[string]abi.WROpcode{
	"send": abi.WROpcodeSend, "sendimm": abi.WROpcodeSendImm, "write": abi.WROpcodeRDMAWrite, "writeimm": abi.WROpcodeRDMAWriteImm,
	"read": abi.WROpcodeRDMARead, "cas": abi.WROpcodeCmpSwap, "fadd": abi.WROpcodeFetchAdd,
}

// verb is a parsed command: arg has its numbers in their order.
type verb struct {
	kind verbKind
	op   abi.WROpcode // of post
	arg  [6]uint64
}

// completion is a work completion as it was polled.
type completion struct {
	id     uint64
	status abi.WCStatus
	op     abi.WCOpcode
	length uint32
	imm    uint32
	flags  uint32
}

// recvID is what the ids of receives begin at; those of sends are below.
const recvID = 1_000_000

// wcWithImm is IBV_WC_WITH_IMM.
const wcWithImm = 2

func (e *entry) parse() error {
	switch e.Side {
	case "a":
		e.side = A
	case "b":
		e.side = B
	default:
		return fmt.Errorf("side %q is neither a nor b", e.Side)
	}
	if err := e.verb.parse(e.Cmd); err != nil {
		return fmt.Errorf("cmd %q: %w", e.Cmd, err)
	}
	for i, line := range e.Out {
		if err := e.output(line); err != nil {
			return fmt.Errorf("out[%d] %q: %w", i, line, err)
		}
	}
	return nil
}

func (v *verb) parse(cmd string) error {
	words := strings.Fields(cmd)
	if len(words) == 0 {
		return fmt.Errorf("empty")
	}
	v.kind = verbKind(words[0])
	n, ok := arguments[v.kind]
	if !ok {
		return fmt.Errorf("no such command")
	}
	words = words[1:]
	if v.kind == verbPost {
		if len(words) == 0 {
			return fmt.Errorf("no operation")
		}
		if v.op, ok = postOps[words[0]]; !ok {
			return fmt.Errorf("no such operation %q", words[0])
		}
		words = words[1:]
	}
	if len(words) != n {
		return fmt.Errorf("%d numbers, not %d", len(words), n)
	}
	for i, w := range words {
		x, err := strconv.ParseUint(w, 0, 64)
		if err != nil {
			return fmt.Errorf("%q is no number of 64 bits", w)
		}
		v.arg[i] = x
	}
	switch {
	case v.kind == verbPost && (v.arg[1] > 1<<31 || v.arg[3] > math.MaxUint32), v.kind == verbRecv && v.arg[2] > 1<<31:
		return fmt.Errorf("a length or key out of range")
	case v.kind == verbRecv && v.arg[0] > 1<<15:
		return fmt.Errorf("more receives than a queue has")
	}
	return nil
}

// output takes one line of what the verb said.
func (e *entry) output(line string) error {
	words := strings.Fields(line)
	if len(words) == 0 {
		return fmt.Errorf("empty")
	}
	switch words[0] {
	case "OK":
		for _, w := range words[1:] {
			text, ok := strings.CutPrefix(w, "rc=")
			if !ok {
				continue
			}
			if rc, err := strconv.ParseInt(text, 0, 32); err != nil {
				return fmt.Errorf("%q is no number", w)
			} else if rc != 0 {
				e.failed = true
			}
		}
		return nil
	case "VAL", "STATE":
		if len(words) != 2 || (words[0] == "VAL") != (e.verb.kind == verbGet64) || (words[0] == "STATE") != (e.verb.kind == verbState) {
			return fmt.Errorf("does not fit the command")
		}
		x, err := strconv.ParseUint(words[1], 0, 64)
		e.val = x
		return err
	case "WC":
		if e.verb.kind != verbPoll {
			return fmt.Errorf("does not fit the command")
		}
		return e.work(words[1:])
	}
	return fmt.Errorf("neither OK, VAL, STATE nor WC")
}

// work takes a work completion: id, status, op, len, imm, fl and the time in seconds.
func (e *entry) work(words []string) error {
	var c completion
	seen := map[string]bool{}
	for i, w := range words {
		key, text, ok := strings.Cut(w, "=")
		if !ok && i > 0 && strings.Contains(strings.Join(words[:i], " "), "(") {
			continue // the words of a status text
		}
		if seen[key] {
			return fmt.Errorf("%s twice", key)
		}
		seen[key] = true
		if key == "t" {
			continue
		}
		if key == "status" {
			text, _, _ = strings.Cut(text, "(")
		}
		x, err := strconv.ParseUint(text, 0, 64)
		if err != nil {
			return fmt.Errorf("%q is no number", w)
		}
		switch key {
		case "id":
			c.id = x
		case "status":
			c.status = abi.WCStatus(x)
		case "op":
			c.op = abi.WCOpcode(x)
		case "len":
			c.length = uint32(x)
		case "imm":
			c.imm = uint32(x)
		case "fl":
			c.flags = uint32(x)
		default:
			return fmt.Errorf("unknown field %q", key)
		}
	}
	for _, key := range []string{"id", "status", "op", "len", "imm", "fl"} {
		if !seen[key] {
			return fmt.Errorf("no %s", key)
		}
	}
	e.wcs = append(e.wcs, c)
	return nil
}
