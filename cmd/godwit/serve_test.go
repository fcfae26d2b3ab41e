package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// served starts `godwit serve` for a listener at address, "" being a Unix socket, and returns the host's side and the
// command's outcome.
func served(ctx context.Context, t *testing.T, address, revision string, args ...string) (*bridge.Conn, <-chan error, error) {
	t.Helper()
	l, err := bridge.Listen(address)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	done := make(chan error, 1)
	go func() {
		root := newRootCommand()
		root.SetArgs(append([]string{"serve", "--connect", l.Address()}, args...))
		err := execute(ctx, root)
		l.Close() // a command that never connected must not leave Accept waiting
		done <- err
	}()
	conn, err := l.Accept(bridge.Options{Hello: bridge.Hello{Role: bridge.RoleHost, Revision: revision}})
	if err == nil {
		t.Cleanup(func() { conn.Close() })
	}
	return conn, done, err
}

// outcome waits for the command to end.
func outcome(t *testing.T, done <-chan error) error {
	t.Helper()
	select {
	case err := <-done:
		return err
	case <-time.After(10 * time.Second):
		t.Fatal("godwit serve does not end")
		return nil
	}
}

// TestServe is a host of one's own: the device proxy and lockstep on what listens, over both kinds of address.
func TestServe(t *testing.T) {
	for _, address := range []string{"", "127.0.0.1:0"} {
		conn, done, err := served(t.Context(), t, address, abi.Revision, "--migration=false", "--qps", "4", "--tick", "512")
		if err != nil {
			t.Fatal(err)
		}
		m := conn.Peer().Manifest
		if m.Name != "golden" || m.Migration || m.NumQP != 4 || m.NumMR != 16 || m.TickDiv != 512 {
			t.Errorf("the device says it is %+v", m)
		}
		params := nic.DefaultParams()
		params.NumQP, params.Migration = 4, false
		check := lockstep.New(lockstep.Options{Params: params, TickCycles: 512})
		dev, err := cosim.NewDevice(cosim.Config{RAM: mem.NewRAM(1 << 16), Observer: check, Start: func() (*bridge.Conn, error) { return conn, nil }})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := dev.ReadReg(abi.RegID); err != nil || v == 0 {
			t.Errorf("ID reads %#x, %v", v, err)
		}
		var refused *nic.RegError
		if err := dev.WriteReg(abi.RegStall, 1); !errors.As(err, &refused) {
			t.Errorf("STALL without a migration unit: %v", err)
		}
		if err := dev.Run(1000); err != nil || dev.Now() < 1000 {
			t.Errorf("Run: %v, now %d", err, dev.Now())
		}
		if d := check.Divergence(); d != nil || check.Stats().Registers == 0 {
			t.Errorf("lockstep: %v, %+v", d, check.Stats())
		}
		if err := conn.Send(bridge.Item{Kind: bridge.KindBye}); err != nil {
			t.Error(err)
		}
		if err := conn.Flush(); err != nil {
			t.Error(err)
		}
		if err := outcome(t, done); err != nil {
			t.Errorf("after BYE: %v", err)
		}
	}
}

// TestServeFaults: what a host may do wrong, and an interruption, end the command with one error.
func TestServeFaults(t *testing.T) {
	t.Run("host leaves", func(t *testing.T) {
		conn, done, err := served(t.Context(), t, "", abi.Revision)
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		if err := outcome(t, done); err != nil {
			t.Errorf("error %v", err)
		}
	})
	t.Run("wrong revision", func(t *testing.T) {
		_, done, err := served(t.Context(), t, "", strings.Repeat("0", 64))
		var e *bridge.Error
		if !errors.As(err, &e) || e.Class != bridge.Revision {
			t.Errorf("host: %v", err)
		}
		err = outcome(t, done)
		if !errors.As(err, &e) || e.Class != bridge.Revision || ui.ExitCode(err) != ui.Internal {
			t.Errorf("device: %v, exit code %d", err, ui.ExitCode(err))
		}
	})
	t.Run("interrupted", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		conn, done, err := served(ctx, t, "", abi.Revision)
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if err := outcome(t, done); ui.ExitCode(err) != ui.Internal || !strings.HasPrefix(err.Error(), "interrupted") {
			t.Errorf("error %v", err)
		}
		conn.Close()
	})
}
