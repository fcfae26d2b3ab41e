package wire

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Error says why a frame is not accepted.
type Error struct {
	Verdict abi.Verdict // DROP_TOO_LONG, DROP_MALFORMED, DROP_ICRC or DROP_OPCODE.
	Rule    int         // Rule of reception that failed: 1, 2, 4, 5, 6 or 7 (package comment).
	Offset  int         // Byte of the frame, from 0, where the offending field starts.

	// Formatted only when someone asks: frames that are dropped cost a simulation little.
	format    string
	got, want uint64
}

// Error implements error: rule, place and reason in one deterministic line.
func (e *Error) Error() string {
	return fmt.Sprintf("%v (rule %d) at byte %d: ", e.Verdict, e.Rule, e.Offset) + fmt.Sprintf(e.format, e.got, e.want)
}

func malformed(rule, offset int, format string, got, want uint64) error {
	return &Error{abi.VerdictDropMalformed, rule, offset, format, got, want}
}
