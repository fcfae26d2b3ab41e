package bridge

import (
	"strings"
	"testing"
	"time"
)

func TestAddressInUse(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Listen(strings.TrimPrefix(l.Address(), "tcp:"))
	if classOf(err) != BadAddress || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("error %v", err)
	}
	if _, err := Listen("nonsense"); classOf(err) != BadAddress {
		t.Errorf("error %v", err)
	}
}

func TestSpawnErrors(t *testing.T) {
	opts := hostOptions()
	opts.HandshakeTimeout = 500 * time.Millisecond
	for _, tc := range []struct {
		name string
		cmd  Command
		want string
	}{
		{"missing", Command{Path: "/no/such/simulator"}, "no such file"},
		{"exits", Command{Path: "/bin/sh", Args: []string{"-c", "echo out of memory >&2; exit 3"}}, "simulator did not connect (exit status 3)\nthe simulator said:\n  out of memory"},
		{"never connects", Command{Path: "/bin/sh", Args: []string{"-c", "exec sleep 10"}}, "simulator did not connect within 500ms"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := time.Now()
			_, err := Start(tc.cmd, opts)
			if classOf(err) != SpawnFailed || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %s", err, tc.want)
			}
			if d := time.Since(start); d > 3*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}
