package sim

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim/bridge"
)

// Registers of the echo device.
const (
	regSrc, regDst, regLen, regGo, regEvent = 0x20, 0x24, 0x28, 0x30, 0x300
)

// random is SplitMix64.
type random uint64

func (r *random) n(n int) int {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) >> 1 % uint64(n))
}

// echoStimulus is a few tests of everything the echo device can do, with stalls and latencies.
func echoStimulus(seed uint64, tests, steps int) []bridge.Item {
	r := random(seed)
	items := []bridge.Item{{Kind: bridge.KindReset, Addr: 1 << 20, Value: 7}}
	for test := range tests {
		items = append(items, bridge.Item{Kind: bridge.KindTestBegin, Value: uint32(test)}, bridge.Backpressure{Seed: seed + uint64(test),
			TXStall: uint8(r.n(50)), RXGap: uint8(r.n(50)), ReadStall: uint8(r.n(50)), WriteStall: uint8(r.n(50)),
			ReadLatency: uint16(r.n(40)), WriteLatency: uint16(r.n(40))}.Item())
		cycle := 0
		for range steps {
			data := bytes.Repeat([]byte{byte(r.n(256))}, 1+r.n(1500))
			switch r.n(4) {
			case 0:
				items = append(items, bridge.Item{Kind: bridge.KindRX, Cycle: uint64(cycle + r.n(500)), Data: data})
			case 1:
				items = append(items, bridge.Item{Kind: bridge.KindMemWrite, Addr: uint64(r.n(1 << 19)), Data: data})
			case 2:
				for _, w := range [][2]int{{regSrc, r.n(1 << 19)}, {regDst, r.n(1 << 19)}, {regLen, 1 + r.n(4000)}, {regGo, 1}} {
					items = append(items, bridge.Item{Kind: bridge.KindRegWrite, Addr: uint64(w[0]), Value: uint32(w[1])})
				}
			case 3:
				items = append(items, bridge.Item{Kind: bridge.KindRegRead, Addr: regEvent})
			}
			cycle += r.n(1000)
			items = append(items, bridge.Item{Kind: bridge.KindRun, Cycle: uint64(cycle)})
		}
		items = append(items, bridge.Item{Kind: bridge.KindTestEnd, Value: uint32(test)})
	}
	return append(items, bridge.Item{Kind: bridge.KindPing, Addr: 1})
}

// transcript runs the stimulus in a process of its own.
func transcript(t testing.TB, items []bridge.Item, cmd bridge.Command, opts bridge.Options) string {
	opts.Transcript = &bridge.Transcript{}
	c := startEcho(t, echo(), cmd, opts)
	defer c.Close()
	send(t, c, items...)
	until(t, c, bridge.KindPong)
	return fmt.Sprintf("%d items %s", opts.Transcript.Items(), opts.Transcript.Sum())
}

func TestTranscriptDependsOnStimulusOnly(t *testing.T) {
	items := echoStimulus(1, 6, 30)
	want := transcript(t, items, bridge.Command{}, bridge.Options{})
	if strings.HasPrefix(want, "0 ") {
		t.Fatal("empty transcript")
	}
	check := func(what string, cmd bridge.Command, opts bridge.Options) {
		if got := transcript(t, items, cmd, opts); got != want {
			t.Errorf("%s: %s\nwant %s", what, got, want)
		}
	}
	check("again", bridge.Command{}, bridge.Options{})
	check("over TCP", bridge.Command{Listen: "127.0.0.1:0"}, bridge.Options{})
	for _, n := range []int{1, 7, 64, 4096} {
		for _, chunk := range []uint64{0, 11} {
			opts := bridge.Options{ItemsPerFrame: n, ChunkSeed: chunk}
			opts.Hello.ItemsPerFrame = n
			check(fmt.Sprintf("%d items a frame, chunk seed %d", n, chunk), bridge.Command{}, opts)
		}
	}
	small := bridge.Options{}
	small.Hello.CreditItems, small.Hello.CreditBytes = 3, 500
	check("little credit", bridge.Command{}, small)
	for _, procs := range []int{1, 8} {
		old := runtime.GOMAXPROCS(procs)
		check(fmt.Sprintf("GOMAXPROCS %d", procs), bridge.Command{}, bridge.Options{})
		runtime.GOMAXPROCS(old)
	}
	if other := transcript(t, echoStimulus(2, 6, 30), bridge.Command{}, bridge.Options{}); other == want {
		t.Error("another stimulus gives the same transcript")
	}
}

// TestObservationsAreInMemoryOrder replays the observations on a memory of its own: what each DMA read was served must be
// what the writes before it, by host and device, left there. It also sees that frames come back at all.
func TestObservationsAreInMemoryOrder(t *testing.T) {
	c := startEcho(t, echo(), bridge.Command{}, bridge.Options{})
	items := echoStimulus(3, 1, 200)
	send(t, c, items...)
	received := map[string]int{}
	for i := range items {
		if items[i].Kind == bridge.KindRX {
			received[string(items[i].Data)]++
		}
	}
	memory, next := make([]byte, 1<<20), 0
	untilAnswered := func() { // executes what needs no answer
		for ; next < len(items); next++ {
			switch w := items[next]; w.Kind {
			case bridge.KindMemWrite:
				copy(memory[w.Addr:], w.Data)
			case bridge.KindRun, bridge.KindRegRead, bridge.KindRegWrite, bridge.KindTestEnd, bridge.KindPing:
				next++
				return
			}
		}
	}
	untilAnswered()
	kinds, came := map[bridge.Kind]int{}, 0
	for _, it := range until(t, c, bridge.KindPong) {
		kinds[it.Kind]++
		switch it.Kind {
		case bridge.KindTX:
			if received[string(it.Data)] > 0 {
				received[string(it.Data)]--
				came++
			}
		case bridge.KindDMAWrite:
			copy(memory[it.Addr:], it.Data)
		case bridge.KindDMARead:
			if !bytes.Equal(it.Data, memory[it.Addr:][:len(it.Data)]) {
				t.Fatalf("%v was served other bytes than are in memory", &it)
			}
		case bridge.KindRan, bridge.KindRegData, bridge.KindRegDone, bridge.KindTestDone:
			untilAnswered()
		}
	}
	if came < 20 || kinds[bridge.KindDMARead] < 20 || kinds[bridge.KindIRQ] < 10 {
		t.Errorf("only %d frames came back; observations %v", came, kinds)
	}
}

func TestBareReplaysWhatWasRecorded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "stimulus")
	rec, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	tr := &bridge.Transcript{Keep: true}
	c := startEcho(t, echo(), bridge.Command{}, bridge.Options{Record: rec, Transcript: tr})
	send(t, c, echoStimulus(4, 3, 20)...)
	until(t, c, bridge.KindPong)
	rec.Close()
	obs, err := bridge.ParseTranscript(tr.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	cycles := uint64(0)
	for _, it := range obs {
		if it.Kind == bridge.KindTestDone {
			cycles += it.Cycle
		}
	}
	path, err := (&Builder{}).Build(t.Context(), echo())
	if err != nil {
		t.Fatal(err)
	}
	res, err := Bare(t.Context(), path, file, 0)
	if err != nil {
		t.Fatal(err)
	}
	if res.Cycles != cycles || res.Observations != uint64(len(obs)) || res.Failed {
		t.Errorf("bare run %+v, want %d cycles and %d observations", res, cycles, len(obs))
	}
	if _, err := Bare(t.Context(), path, file+".missing", 0); err == nil || !strings.Contains(err.Error(), "cannot read") {
		t.Errorf("missing file: %v", err)
	}
}

// TestSimulatorFaults: the harness' own side of the faults that bridge tests with Go peers.
func TestSimulatorFaults(t *testing.T) {
	t.Run("killed", func(t *testing.T) {
		tr := &bridge.Transcript{}
		c := startEcho(t, echo(), bridge.Command{}, bridge.Options{Transcript: tr})
		send(t, c, bridge.Item{Kind: bridge.KindRX, Data: []byte("x")}, bridge.Item{Kind: bridge.KindRun, Cycle: 100})
		until(t, c, bridge.KindRan)
		send(t, c, bridge.Item{Kind: bridge.KindRun, Cycle: 1 << 40})
		time.AfterFunc(100*time.Millisecond, func() { syscall.Kill(c.Pid(), syscall.SIGKILL) })
		_, err := c.Recv()
		var e *bridge.Error
		if !errors.As(err, &e) || e.Class != bridge.PeerDead || !strings.Contains(err.Error(), "ended by signal killed") || !strings.Contains(err.Error(), "RUN to cycle 1099511627776") {
			t.Errorf("error %v", err)
		}
		if tr.Items() < 4 {
			t.Errorf("the transcript has %d items", tr.Items())
		}
	})
	t.Run("long run is not silence", func(t *testing.T) {
		c := startEcho(t, echo(), bridge.Command{}, bridge.Options{Timeout: 1500 * time.Millisecond})
		start := time.Now()
		cycles := uint64(1 << 20)
		for time.Since(start) < 4*time.Second { // a single run soon takes longer than the timeout
			cycles *= 2
			start = time.Now()
			send(t, c, bridge.Item{Kind: bridge.KindRun, Cycle: cycles})
			until(t, c, bridge.KindRan)
		}
	})
	t.Run("wrong revision", func(t *testing.T) {
		needVerilator(t)
		opts := bridge.Options{Hello: bridge.Hello{Role: bridge.RoleHost, Revision: strings.Repeat("0", 64)}}
		_, err := (&Builder{}).Start(t.Context(), echo(), bridge.Command{}, opts)
		var e *bridge.Error
		if !errors.As(err, &e) || e.Class != bridge.Revision {
			t.Errorf("error %v", err)
		}
	})
	t.Run("host leaves", func(t *testing.T) {
		c := startEcho(t, echo(), bridge.Command{}, bridge.Options{})
		send(t, c, bridge.Item{Kind: bridge.KindRun, Cycle: 1 << 40})
		if err := c.Flush(); err != nil {
			t.Fatal(err)
		}
		pid := c.Pid()
		c.Close()
		if err := syscall.Kill(pid, 0); err != syscall.ESRCH {
			t.Errorf("process %d is still there: %v", pid, err)
		}
	})
	t.Run("bad stimulus", func(t *testing.T) {
		c := startEcho(t, echo(), bridge.Command{}, bridge.Options{})
		send(t, c, bridge.Item{Kind: bridge.KindReset, Addr: 4096}, bridge.Item{Kind: bridge.KindMemWrite, Addr: 4095, Data: []byte("ab")},
			bridge.Item{Kind: bridge.KindTrace, Code: 1, Data: []byte("x.fst")}, bridge.Item{Kind: bridge.KindRegRead, Addr: 1 << 16}, bridge.Item{Kind: bridge.KindPing})
		var got []string
		for _, it := range until(t, c, bridge.KindPong) {
			got = append(got, it.String())
		}
		want := []string{`ERROR code=2 text="memory write of 2 bytes at 0xfff ends beyond 0x1000"`, `ERROR code=3 text="no waveform can be written to x.fst by this build"`,
			`ERROR code=2 text="register address 0x10000 has over 16 bits"`, `REG_DATA cycle=0 addr=0x10000 value=0x0 code=255`, `PONG addr=0x0`}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	})
}

func TestWaveform(t *testing.T) {
	p := echo()
	p.Trace = true
	c := startEcho(t, p, bridge.Command{}, bridge.Options{})
	file := filepath.Join(t.TempDir(), "wave.fst")
	send(t, c, bridge.Item{Kind: bridge.KindTrace, Code: 1, Data: []byte(file)}, bridge.Item{Kind: bridge.KindRX, Data: []byte("x")},
		bridge.Item{Kind: bridge.KindRun, Cycle: 100}, bridge.Item{Kind: bridge.KindTrace}, bridge.Item{Kind: bridge.KindPing})
	until(t, c, bridge.KindPong)
	if info, err := os.Stat(file); err != nil || info.Size() < 500 {
		t.Errorf("waveform: %v, %v", info, err)
	}
}
