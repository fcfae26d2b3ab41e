package cosim

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Registers of the echo device, verilator/tb/selftest/rdma_echo.sv.
const (
	echoScratch = 0x0c
	echoSrc     = 0x20
	echoDst     = 0x24
	echoLen     = 0x28
	echoGo      = 0x30
	echoSeed    = 0x34
	echoEvent   = 0x300

	goFetch, goAssert, goDeaf, goMute, goShortWrite = 1, 2, 3, 4, 5
)

// echoDevice returns a Device around the echo RTL, with small budgets.
func echoDevice(t testing.TB, cfg Config) (*Device, *mem.RAM) {
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("SKIPPED: verilator is not installed; `make test` installs it")
	}
	ram := mem.NewRAM(1 << 20)
	cfg.RAM = ram
	cfg.HangBudget, cfg.AXIBudget = 500, 100
	cfg.Start = func() (*bridge.Conn, error) {
		opts := bridge.Options{Hello: bridge.Hello{Role: bridge.RoleHost, Revision: abi.Revision}, Timeout: 20 * time.Second}
		return (&sim.Builder{}).Start(context.Background(), sim.Params{Top: sim.TopEcho}, bridge.Command{}, opts)
	}
	d, err := NewDevice(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, ram
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ramBytes(t testing.TB, ram *mem.RAM, addr uint64, n int) []byte {
	t.Helper()
	b := make([]byte, n)
	must(t, ram.Read(addr, b))
	return b
}

func TestDeviceMovesMemoryFramesAndInterrupts(t *testing.T) {
	d, ram := echoDevice(t, Config{})
	msg := []byte("a message of a length that is no multiple of the beat")
	must(t, d.WriteReg(echoSrc, 0x1003))
	must(t, d.WriteReg(echoDst, 0x8005))
	must(t, d.WriteReg(echoLen, uint32(len(msg))))
	must(t, d.WriteReg(echoGo, goFetch))
	must(t, ram.Write(0x1003, msg[:10])) // after the doorbell, before time passes
	must(t, ram.Write(0x100d, msg[10:]))
	must(t, d.Run(200))
	if d.Now() != 200 {
		t.Errorf("Now is %d, want 200", d.Now())
	}
	sent := d.Sent()
	if len(sent) != 1 || !bytes.Equal(sent[0].Data, msg) || sent[0].Cycle == 0 || sent[0].Cycle > 200 {
		t.Fatalf("sent %v", sent)
	}
	if got := ramBytes(t, ram, 0x8005, len(msg)); !bytes.Equal(got, msg) {
		t.Errorf("memory at DST is %q", got)
	}
	if !d.IRQ() {
		t.Error("no interrupt")
	}
	if n, err := d.ReadReg(echoEvent); err != nil || n != 1 {
		t.Errorf("EVENT reads %d, %v", n, err)
	}
	frame := bytes.Repeat([]byte{0xa5}, 1500)
	d.Deliver(300, frame)
	must(t, d.Run(299))
	if d.IRQ() || len(d.Sent()) != 0 {
		t.Error("interrupt or frame before anything arrived")
	}
	must(t, d.Run(1000))
	if sent := d.Sent(); len(sent) != 1 || !bytes.Equal(sent[0].Data, frame) || sent[0].Cycle != 487 {
		t.Errorf("sent %v", sent)
	}
}

func TestDeviceRefusedAccesses(t *testing.T) {
	d, _ := echoDevice(t, Config{})
	var e *nic.RegError
	if _, err := d.ReadReg(abi.RegCMDStatus); !errors.As(err, &e) || e.Name != "CMD_STATUS" || e.Write {
		t.Errorf("read of a register that is not there: %v", err)
	}
	if err := d.WriteReg(0xfff0, 1); !errors.As(err, &e) || e.Addr != 0xfff0 || !e.Write {
		t.Errorf("write of no register: %v", err)
	}
	// The specification knows this one and says it can be written, so the answer comes late.
	must(t, d.WriteReg(abi.RegCMDArg0, 1))
	must(t, d.WriteReg(echoScratch, 77))
	if err := d.Run(d.Now() + 50); !errors.As(err, &e) || e.Name != "CMD_ARG0" {
		t.Errorf("queued write of a register that is not there: %v", err)
	}
	if v, err := d.ReadReg(echoScratch); err != nil || v != 77 {
		t.Errorf("the write after it: %d, %v", v, err)
	}
}

// TestDeviceVerdicts: everything the harness finds wrong with a device is deterministic, and a reset cures it.
func TestDeviceVerdicts(t *testing.T) {
	d, _ := echoDevice(t, Config{})
	for _, tc := range []struct {
		name string
		do   func() error
		want string
	}{
		{"assertion", func() error { return d.WriteReg(echoGo, goAssert) },
			"the device failed at cycle 2: ASSERT: [1] %Error: rdma_echo.sv:158: Assertion failed in TOP.rdma_echo.told_to_fail: 'assert' failed."},
		{"hang", func() error { d.Deliver(10, []byte("frame")); return d.WriteReg(echoGo, goDeaf) },
			"the device failed at cycle 511: HANG: s_axis_rx beat not taken for 500 cycles"},
		{"mute", func() error { must(t, d.WriteReg(echoGo, goMute)); _, err := d.ReadReg(echoScratch); return err },
			"the device failed at cycle 2: ERROR: AXI4-Lite read of 0xc not answered within 100 cycles"},
		{"short write", func() error { d.Deliver(0, make([]byte, 100)); return d.WriteReg(echoGo, goShortWrite) },
			"the device failed at cycle 15: ASSERT: m_dma_wdata: write of 100 bytes has 16 at its last beat"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for range 2 {
				must(t, d.Reset())
				err := tc.do()
				if err == nil {
					err = d.Run(2000)
				}
				var e *DUTError
				if !errors.As(err, &e) || err.Error() != tc.want {
					t.Errorf("got  %v\nwant %s", err, tc.want)
				}
				if again := d.Run(3000); again != err {
					t.Errorf("the next Run says %v", again)
				}
			}
		})
	}
	must(t, d.Reset())
	d.Deliver(0, []byte("alive"))
	must(t, d.Run(100))
	if len(d.Sent()) != 1 {
		t.Error("the device does not work after its resets")
	}
}

func TestDeviceSurvivesTheDeathOfItsSimulator(t *testing.T) {
	d, ram := echoDevice(t, Config{})
	must(t, ram.Write(0x5000, []byte("kept")))
	pid := d.Conn().Pid()
	time.AfterFunc(100*time.Millisecond, func() { syscall.Kill(pid, syscall.SIGKILL) })
	start := time.Now()
	err := d.Run(1 << 40)
	var e *bridge.Error
	if !errors.As(err, &e) || e.Class != bridge.PeerDead {
		t.Fatalf("error %v, want peer dead", err)
	}
	if want := "(simulator: ended by signal killed); in flight: RUN to cycle 1099511627776 (frame "; !strings.Contains(err.Error(), want) {
		t.Errorf("error %q lacks %q", err, want)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
	if err := d.WriteReg(echoScratch, 1); err == nil {
		t.Error("a dead device accepts a write")
	}
	must(t, d.Respawn())
	must(t, d.WriteReg(echoSrc, 0x5000))
	must(t, d.WriteReg(echoLen, 4))
	must(t, d.WriteReg(echoGo, goFetch))
	must(t, d.Run(100))
	if s := d.Sent(); len(s) != 1 || string(s[0].Data) != "kept" {
		t.Errorf("after respawn the device sends %v", s)
	}
}

func TestSeedDecidesWhatHasNoReset(t *testing.T) {
	read := func(seed uint32) uint32 {
		d, _ := echoDevice(t, Config{Seed: seed})
		v, err := d.ReadReg(echoSeed)
		must(t, err)
		return v
	}
	zero, one, again, two := read(0), read(1), read(1), read(2)
	if zero != 0 || one != again || one == two {
		t.Errorf("seeds 0, 1, 1, 2 give %#x, %#x, %#x, %#x", zero, one, again, two)
	}
}

// checkingObserver counts, and stops at a given observation.
type checkingObserver struct {
	sent, seen, stopAt int
}

var errStop = errors.New("seen enough")

func (o *checkingObserver) Sent(*bridge.Item) { o.sent++ }

func (o *checkingObserver) Observed(*bridge.Item) error {
	if o.seen++; o.seen == o.stopAt {
		return errStop
	}
	return nil
}

func TestObserverSeesAllAndCanStop(t *testing.T) {
	o := &checkingObserver{}
	d, _ := echoDevice(t, Config{Observer: o})
	d.Deliver(0, []byte("one"))
	must(t, d.Run(100))
	// RESET, LIMITS, RX, RUN; TX, DMA_WRITE, RETIRE, IRQ, RAN.
	if o.sent != 4 || o.seen != 5 {
		t.Errorf("observer saw %d stimuli and %d observations, want 4 and 5", o.sent, o.seen)
	}
	o.stopAt = o.seen + 2
	d.Deliver(0, []byte("two"))
	if err := d.Run(200); !errors.Is(err, errStop) {
		t.Errorf("Run: %v", err)
	}
	if err := d.Run(300); !errors.Is(err, errStop) {
		t.Errorf("next Run: %v", err)
	}
}

func TestWriteQueueJoinsNeighbours(t *testing.T) {
	var q writeQueue
	want := make([]byte, 100)
	write := func(addr int, s string) {
		copy(want[addr:], s)
		q.add(uint64(addr), []byte(s))
	}
	write(10, "abcd")
	write(14, "efgh")   // continues
	write(12, "XY")     // inside
	write(16, "123456") // overlaps the end
	write(5, "before")  // overlaps the start: a write of its own
	write(50, "apart")
	got := make([]byte, 100)
	writes := q.take()
	for _, w := range writes {
		copy(got[w.Addr:], w.Data)
	}
	if !bytes.Equal(got, want) || len(writes) != 3 {
		t.Errorf("%d writes give %q, want %q", len(writes), got, want)
	}
	if q.take() != nil {
		t.Error("the queue is not empty after take")
	}
}
