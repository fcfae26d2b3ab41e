package bridge

import (
	"bytes"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"
)

var testRevision = strings.Repeat("5", 64)

// pair returns the two ends of a Unix socket.
func pair(t testing.TB) (host, dut net.Conn) {
	t.Helper()
	l, err := Listen("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	done := make(chan net.Conn)
	go func() {
		nc, err := net.Dial("unix", strings.TrimPrefix(l.Address(), "unix:"))
		if err != nil {
			t.Error(err)
		}
		done <- nc
	}()
	host, err = l.l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	dut = <-done
	t.Cleanup(func() { host.Close(); dut.Close() })
	return host, dut
}

func hostOptions() Options {
	return Options{Hello: Hello{Role: RoleHost, Revision: testRevision}, Timeout: 2 * time.Second}
}

func dutOptions() Options {
	return Options{Hello: Hello{Role: RoleDUT, Revision: testRevision, Manifest: Manifest{Name: "fake"}}}
}

// mirror is a device that echoes frames and answers every register with its address.
type mirror struct{ cycle uint64 }

func (m *mirror) Handle(it Item, emit func(Item) error) error {
	switch it.Kind {
	case KindRegRead:
		return emit(Item{Kind: KindRegData, Cycle: m.cycle, Addr: it.Addr, Value: uint32(it.Addr)})
	case KindRegWrite:
		return emit(Item{Kind: KindRegDone, Cycle: m.cycle, Addr: it.Addr})
	case KindRX:
		m.cycle++
		return emit(Item{Kind: KindTX, Cycle: m.cycle, Data: it.Data})
	case KindRun:
		m.cycle = max(m.cycle, it.Cycle)
		return emit(Item{Kind: KindRan, Cycle: m.cycle})
	case KindTestEnd:
		return emit(Item{Kind: KindTestDone, Value: it.Value, Cycle: m.cycle})
	}
	return nil
}

// connect joins a host to a served mirror; serve's error comes out of the channel.
func connect(t testing.TB, ho, do Options) (*Conn, <-chan error) {
	t.Helper()
	h, d := pair(t)
	served := make(chan error, 1)
	go func() { served <- Serve(d, &mirror{}, do) }()
	c, err := NewConn(h, ho)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c, served
}

func mustRecv(t testing.TB, c *Conn, want Kind) Item {
	t.Helper()
	it, err := c.Recv()
	if err != nil || it.Kind != want {
		t.Fatalf("received %v, %v; want %v", &it, err, want)
	}
	return it
}

func mustSend(t testing.TB, c *Conn, items ...Item) {
	t.Helper()
	for _, it := range items {
		if err := c.Send(it); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRequestsAreAnsweredInOrder(t *testing.T) {
	c, served := connect(t, hostOptions(), dutOptions())
	if got := c.Peer().Manifest.Name; got != "fake" {
		t.Errorf("device is called %q", got)
	}
	mustSend(t, c, Item{Kind: KindRegRead, Addr: 0x10}, Item{Kind: KindRX, Data: []byte("hello")}, Item{Kind: KindRun, Cycle: 100}, Item{Kind: KindPing, Addr: 3})
	if it := mustRecv(t, c, KindRegData); it.Value != 0x10 {
		t.Errorf("register value %#x", it.Value)
	}
	if it := mustRecv(t, c, KindTX); string(it.Data) != "hello" {
		t.Errorf("frame %q", it.Data)
	}
	mustRecv(t, c, KindRan)
	mustRecv(t, c, KindPong)
	mustSend(t, c, Item{Kind: KindBye})
	if err := c.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
	if _, err := c.Recv(); classOf(err) != PeerDead {
		t.Errorf("after BYE: %v, want peer dead", err)
	}
}

// TestTranscriptIgnoresBatching runs one stimulus with every way to cut it into frames and socket calls.
func TestTranscriptIgnoresBatching(t *testing.T) {
	run := func(hostItems, dutItems int, chunk uint64) string {
		ho, do := hostOptions(), dutOptions()
		ho.ItemsPerFrame, ho.ChunkSeed, do.ItemsPerFrame, do.ChunkSeed = hostItems, chunk, dutItems, chunk
		ho.Transcript = &Transcript{}
		c, _ := connect(t, ho, do)
		seed := uint64(1)
		for i := range 500 {
			mustSend(t, c, Item{Kind: KindRX, Data: bytes.Repeat([]byte{byte(i)}, 1+int(splitmix(&seed)%300))},
				Item{Kind: KindRegRead, Addr: splitmix(&seed)}, Item{Kind: KindRun, Cycle: uint64(i) * 10})
		}
		mustSend(t, c, Item{Kind: KindPing})
		for {
			it, err := c.Recv()
			if err != nil {
				t.Fatal(err)
			}
			if it.Kind == KindPong {
				return ho.Transcript.Sum()
			}
		}
	}
	want := run(0, 0, 0)
	for _, procs := range []int{1, 8} {
		old := runtime.GOMAXPROCS(procs)
		for _, items := range []int{1, 7, 64, 4096} {
			for _, chunk := range []uint64{0, 42} {
				if got := run(items, 5000/items, chunk); got != want {
					t.Errorf("%d items a frame, chunk seed %d, GOMAXPROCS %d: transcript %s, want %s", items, chunk, procs, got, want)
				}
			}
		}
		runtime.GOMAXPROCS(old)
	}
}

// TestCreditNeverDeadlocks sends far more than both windows before it receives anything.
func TestCreditNeverDeadlocks(t *testing.T) {
	ho, do := hostOptions(), dutOptions()
	ho.Hello.CreditItems, ho.Hello.CreditBytes = 4, 1000
	do.Hello.CreditItems, do.Hello.CreditBytes = 4, 1000
	ho.ItemsPerFrame, do.ItemsPerFrame = 3, 3
	c, _ := connect(t, ho, do)
	frame := bytes.Repeat([]byte{1}, 700)
	const n = 3000
	for i := range n {
		frame[0] = byte(i)
		mustSend(t, c, Item{Kind: KindRX, Data: frame})
	}
	mustSend(t, c, Item{Kind: KindPing})
	for i := range n {
		if it := mustRecv(t, c, KindTX); it.Data[0] != byte(i) {
			t.Fatalf("frame %d begins with %d", i, it.Data[0])
		}
	}
	mustRecv(t, c, KindPong)
}

func classOf(err error) Class {
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return 0
}

// rawDUT plays a device that shakes hands properly and then does what script says.
func rawDUT(t *testing.T, d net.Conn, hello Hello, script func(net.Conn)) {
	it := hello.Item()
	go func() {
		defer d.Close()
		d.Write(AppendFrame(nil, 0, it))
		script(d)
	}()
}

func goodHello() Hello {
	return Hello{Major: Major, Role: RoleDUT, Revision: testRevision, CreditItems: 100, CreditBytes: 10000}
}

// takeFrames reads the first n frames of the host: HELLO and what follows.
func takeFrames(d net.Conn, n uint32) {
	for i := range n {
		readFrame(d, i, nil)
	}
}

// discard reads until the host is gone.
func discard(d net.Conn) { io.Copy(io.Discard, d) }

// TestFaultsGiveOneClearErrorInBoundedTime is the list of things a peer can do wrong.
func TestFaultsGiveOneClearErrorInBoundedTime(t *testing.T) {
	run := Item{Kind: KindRun, Cycle: 5000}
	ran := AppendFrame(nil, 1, Item{Kind: KindTX, Cycle: 1, Data: []byte("x")}, Item{Kind: KindRan, Cycle: 5000})
	for _, tc := range []struct {
		name   string
		hello  Hello
		script func(net.Conn)
		class  Class
		want   string
	}{
		{"dies", goodHello(), func(d net.Conn) { takeFrames(d, 2) },
			PeerDead, "waiting for frame 1: peer closed the connection; in flight: RUN to cycle 5000 (frame 1)"},
		{"random bytes", goodHello(), func(d net.Conn) { d.Write(bytes.Repeat([]byte{0xa5, 0x5a, 3}, 100)); discard(d) },
			Protocol, "frame 1, byte 0: frame does not begin with the magic number but with a5 5a 03 a5; in flight: RUN to cycle 5000 (frame 1)"},
		{"truncated frame", goodHello(), func(d net.Conn) { takeFrames(d, 2); d.Write(ran[:25]) },
			PeerDead, "waiting for frame 1: connection ended inside frame 1, after 25 of 45 bytes"},
		{"silence", goodHello(), discard, Timeout, "waiting for frame 1: peer does not answer for 300ms; in flight: RUN to cycle 5000 (frame 1)"},
		{"no HELLO", Hello{}, nil, Timeout, "waiting for frame 0: no HELLO for 300ms"},
		{"wrong revision", func() Hello { h := goodHello(); h.Revision = strings.Repeat("6", 64); return h }(), discard,
			Revision, "peer was built from spec revision 6666666666666666, this side from 5555555555555555; rebuild the one that is older"},
		{"wrong version", func() Hello { h := goodHello(); h.Major = 2; return h }(), discard, Version, "peer speaks version 2.0, this side 1.0"},
		{"wrong role", func() Hello { h := goodHello(); h.Role = RoleHost; return h }(), discard, Protocol, `peer has role "host", this side "host"`},
		{"no credit granted", func() Hello { h := goodHello(); h.CreditItems = 0; return h }(), discard, Protocol, "HELLO grants no credit"},
		{"answer to nothing", goodHello(), func(d net.Conn) { d.Write(AppendFrame(nil, 1, Item{Kind: KindPong})); discard(d) },
			Protocol, "frame 1, item 0, byte 16: PONG addr=0x0 does not answer RUN to cycle 5000 (frame 1)"},
		{"stimulus from the device", goodHello(), func(d net.Conn) { d.Write(AppendFrame(nil, 1, Item{Kind: KindRun})); discard(d) },
			Protocol, "frame 1, item 0, byte 16: RUN travels the other way"},
		{"second HELLO", goodHello(), func(d net.Conn) { h := goodHello(); d.Write(AppendFrame(nil, 1, h.Item())); discard(d) },
			Protocol, "frame 1, item 0, byte 16: HELLO in mid-stream"},
		{"frame number", goodHello(), func(d net.Conn) { d.Write(AppendFrame(nil, 7, Item{Kind: KindRan})); discard(d) },
			Protocol, "frame 1, byte 4: frame is numbered 7"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			h, d := pair(t)
			if tc.script != nil {
				rawDUT(t, d, tc.hello, tc.script)
			}
			opts := hostOptions()
			opts.Timeout = 300 * time.Millisecond
			start := time.Now()
			c, err := NewConn(h, opts)
			if err == nil {
				mustSend(t, c, run)
				_, err = c.Recv()
				if _, again := c.Recv(); again != err {
					t.Errorf("the error changed to %v", again)
				}
			}
			if d := time.Since(start); d > 4*time.Second {
				t.Errorf("took %v", d)
			}
			if classOf(err) != tc.class {
				t.Fatalf("error %v, want class %v", err, tc.class)
			}
			if !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got  %v\nwant %s", err, tc.want)
			}
		})
	}
}

// TestWhatCameBeforeAFaultIsKept: a good frame, then nonsense.
func TestWhatCameBeforeAFaultIsKept(t *testing.T) {
	h, d := pair(t)
	rawDUT(t, d, goodHello(), func(d net.Conn) {
		takeFrames(d, 2)
		d.Write(AppendFrame(nil, 1, Item{Kind: KindTX, Cycle: 1, Data: []byte("x")}, Item{Kind: KindIRQ, Cycle: 2, Code: 1}))
		d.Write([]byte("this is not a frame at all"))
		discard(d)
	})
	opts := hostOptions()
	opts.Transcript = &Transcript{Keep: true}
	c, err := NewConn(h, opts)
	if err != nil {
		t.Fatal(err)
	}
	mustSend(t, c, Item{Kind: KindRun, Cycle: 9})
	if err := c.Flush(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond) // both frames are there before the first is looked at
	mustRecv(t, c, KindTX)
	mustRecv(t, c, KindIRQ)
	if _, err := c.Recv(); classOf(err) != Protocol {
		t.Fatalf("error %v", err)
	}
	items, err := ParseTranscript(opts.Transcript.Bytes())
	if err != nil || len(items) != 2 || items[1].Kind != KindIRQ {
		t.Errorf("transcript %v, %v", items, err)
	}
}

// TestPeerThatStopsReading: the device neither reads nor answers, and the host has much to say.
func TestPeerThatStopsReading(t *testing.T) {
	for _, tc := range []struct {
		name   string
		credit uint64
		want   string
	}{{"socket full", 1 << 40, "peer reads nothing for 300ms"}, {"credit used up", 100000, "no credit to send for 300ms"}} {
		t.Run(tc.name, func(t *testing.T) {
			h, d := pair(t)
			hello := goodHello()
			hello.CreditItems, hello.CreditBytes = 1<<31, tc.credit
			rawDUT(t, d, hello, func(d net.Conn) { time.Sleep(3 * time.Second) })
			opts := hostOptions()
			opts.Timeout = 300 * time.Millisecond
			c, err := NewConn(h, opts)
			if err != nil {
				t.Fatal(err)
			}
			frame := make([]byte, 4000)
			for i := 0; i < 10000 && err == nil; i++ {
				err = c.Send(Item{Kind: KindRX, Data: frame})
			}
			if classOf(err) != Timeout || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want timeout: %s", err, tc.want)
			}
		})
	}
}

func TestPeerThatOverrunsItsCredit(t *testing.T) {
	h, d := pair(t)
	rawDUT(t, d, goodHello(), func(d net.Conn) {
		for n := uint32(1); n < 10; n++ {
			d.Write(AppendFrame(nil, n, Item{Kind: KindIRQ}))
		}
		discard(d)
	})
	opts := hostOptions()
	opts.Hello.CreditItems, opts.Hello.CreditBytes = 2, 1000
	c, err := NewConn(h, opts)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	for err == nil {
		_, err = c.Recv()
	}
	if classOf(err) != Protocol || !strings.Contains(err.Error(), "frame sent without credit") {
		t.Errorf("error %v", err)
	}
}

func TestCloseUnblocksRecv(t *testing.T) {
	c, _ := connect(t, hostOptions(), dutOptions())
	time.AfterFunc(20*time.Millisecond, func() { c.Close() })
	if _, err := c.Recv(); classOf(err) != Closed {
		t.Errorf("error %v, want closed", err)
	}
}
