package guest

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// answerLimit is how long the client may take for a command, beyond what the command itself waits.
const answerLimit = 30 * time.Second

// Verbs is the near end of the verbs client in the guest (files/): a line there, a line back. It is used by one
// goroutine at a time.
type Verbs struct {
	// Limit is how long an answer may take beyond what a command waits for itself.
	Limit time.Duration

	machine *Machine
	conn    net.Conn
	in      *bufio.Reader
}

// Fields are the fields of an answer in their order; names may be there more than once.
type Fields []Field

// Field is name=value.
type Field struct{ Name, Value string }

// Get is the value of the first field of that name, empty when there is none.
func (f Fields) Get(name string) string {
	for _, x := range f {
		if x.Name == name {
			return x.Value
		}
	}
	return ""
}

// Num is a field as a number, decimal or 0x; 0 when it is none.
func (f Fields) Num(name string) uint64 {
	n, err := strconv.ParseUint(f.Get(name), 0, 64)
	if err != nil {
		return 0
	}
	return n
}

// line waits for a line of the client. That the guest has died is told before that it is silent.
func (v *Verbs) line(ctx context.Context, deadline time.Time) (string, error) {
	if err := v.conn.SetReadDeadline(deadline); err != nil {
		return "", err
	}
	s, err := v.in.ReadString('\n')
	if err == nil {
		return strings.TrimSuffix(s, "\n"), nil
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return "", v.machine.hang("no answer in time")
	}
	select {
	case <-v.machine.done:
		return "", v.machine.died()
	case <-time.After(2 * time.Second):
		return "", v.machine.hang("its control port closed (%v)", err)
	}
}

// Do runs a command of the client and returns the fields of its answer. Errors: ErrAnswer, ErrPanic, ErrHang.
func (v *Verbs) Do(ctx context.Context, format string, args ...any) (Fields, error) {
	return v.wait(ctx, 0, format, args...)
}

// wait is Do for a command that itself waits.
func (v *Verbs) wait(ctx context.Context, extra time.Duration, format string, args ...any) (Fields, error) {
	command := fmt.Sprintf(format, args...)
	deadline := time.Now().Add(extra + v.Limit)
	if err := v.write(ctx, deadline, command); err != nil {
		return nil, err
	}
	return v.answer(ctx, deadline, command)
}

// Batch runs commands without waiting for the answer to each: the client takes them as fast as it can.
func (v *Verbs) Batch(ctx context.Context, commands []string) error {
	if len(commands) == 0 {
		return nil
	}
	refusals, err := v.Each(ctx, commands)
	if err != nil {
		return err
	}
	for i, r := range refusals {
		if r != nil {
			return fmt.Errorf("%s: %w", commands[i], r)
		}
	}
	return nil
}

// Refusal is an ErrAnswer with the error number of the guest.
type Refusal struct {
	Number int
	Text   string
}

// Error implements error.
func (r *Refusal) Error() string { return ErrAnswer.Error() + ": " + r.Text }

// Is tells that it is an ErrAnswer.
func (r *Refusal) Is(target error) bool { return target == ErrAnswer }

// Each is Batch, and tells of each command whether it was refused: nil if not.
func (v *Verbs) Each(ctx context.Context, commands []string) ([]*Refusal, error) {
	deadline := time.Now().Add(v.Limit)
	if err := v.write(ctx, deadline, commands...); err != nil {
		return nil, err
	}
	out := make([]*Refusal, len(commands))
	for i, c := range commands {
		if _, err := v.answer(ctx, deadline, c); err != nil && !errors.As(err, &out[i]) {
			return nil, err
		}
	}
	return out, nil
}

// write sends commands. That the guest is gone shows when the answer does not come.
func (v *Verbs) write(ctx context.Context, deadline time.Time, commands ...string) error {
	for _, c := range commands {
		if strings.Contains(c, "\n") {
			return fmt.Errorf("BUG: a command of more than one line: %q", c)
		}
	}
	if err := v.conn.SetWriteDeadline(deadline); err != nil {
		return err
	}
	_, err := fmt.Fprintln(v.conn, strings.Join(commands, "\n"))
	if errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() == nil {
		return v.machine.hang("it does not take %q", commands[0])
	}
	return nil
}

// answer waits for the answer to a command.
func (v *Verbs) answer(ctx context.Context, deadline time.Time, command string) (Fields, error) {
	answer, err := v.line(ctx, deadline)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	status, rest, _ := strings.Cut(answer, " ")
	if status != "ok" {
		number, _, _ := strings.Cut(rest, " ")
		n, _ := strconv.Atoi(number)
		return nil, fmt.Errorf("%s: %w", command, &Refusal{n, rest})
	}
	var f Fields
	for _, s := range strings.Fields(rest) {
		name, value, _ := strings.Cut(s, "=")
		f = append(f, Field{name, value})
	}
	return f, nil
}

// WC is a work completion in the guest: the fields of ibv_wc. Imm is the immediate data, or the key that was invalidated.
type WC struct {
	WRID                                        uint64
	Status, Opcode, Len, Imm, Flags, QPN, SrcQP uint32
}

// The numbers of ibv_wc_status that tests name.
const (
	WCSuccess        = 0
	WCLocLenErr      = 1
	WCLocQPOpErr     = 2
	WCLocProtErr     = 4
	WCWRFlushErr     = 5
	WCRemInvReqErr   = 9
	WCRemAccessErr   = 10
	WCRemOpErr       = 11
	WCRetryExcErr    = 12
	WCRNRRetryExcErr = 13
	WCRemAbortErr    = 16
)

// wcFields is the number of fields of a completion in an answer.
const wcFields = 8

// Poll takes n completions of a queue, or those that are there when limit has passed.
func (v *Verbs) Poll(ctx context.Context, cq, n int, limit time.Duration) ([]WC, error) {
	f, err := v.wait(ctx, limit, "poll cq=%d n=%d ms=%d", cq, n, limit.Milliseconds())
	if err != nil {
		return nil, err
	}
	out := make([]WC, 0, len(f))
	for _, x := range f {
		p := strings.Split(x.Value, ",")
		if x.Name != "wc" || len(p) != wcFields {
			return nil, fmt.Errorf("poll: strange answer %s=%s", x.Name, x.Value)
		}
		var n [wcFields]uint64
		for i := range n {
			if n[i], err = strconv.ParseUint(p[i], 10, 64); err != nil {
				return nil, fmt.Errorf("poll: strange answer %s", x.Value)
			}
		}
		out = append(out, WC{n[0], uint32(n[1]), uint32(n[2]), uint32(n[3]), uint32(n[4]), uint32(n[5]), uint32(n[6]), uint32(n[7])})
	}
	return out, nil
}

// Spawn starts a shell command in the guest under a number that is free.
func (v *Verbs) Spawn(ctx context.Context, id int, command string) error {
	_, err := v.Do(ctx, "spawn id=%d cmd=%s", id, command)
	return err
}

// Reap waits for a command that was spawned, and kills it when limit has passed. It returns its exit code (1000 and the
// signal's number when it was killed) and what it wrote.
func (v *Verbs) Reap(ctx context.Context, id int, limit time.Duration) (code int, output string, err error) {
	f, err := v.wait(ctx, limit, "reap id=%d ms=%d", id, limit.Milliseconds())
	if err != nil {
		return 0, "", err
	}
	b, err := hex.DecodeString(f.Get("out"))
	if err != nil {
		return 0, "", fmt.Errorf("reap: %w", err)
	}
	return int(f.Num("exit")), string(b), nil
}

// Relay listens on a TCP port of the guest's loopback for one connection, and joins it to Machine.Side.
func (v *Verbs) Relay(ctx context.Context, port int) error {
	_, err := v.Do(ctx, "relay port=%d", port)
	return err
}
