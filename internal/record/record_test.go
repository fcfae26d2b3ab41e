package record

import (
	"bytes"
	"net"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/live"
)

// TestPrograms: the same seed gives the same programs, another one others, and all together call every verb with every
// operation.
func TestPrograms(t *testing.T) {
	o := Options{Rounds: 6, Seed: 7, MTU: 512}
	all, err := programs(&o)
	if err != nil || len(all) != 6*len(Kinds()) {
		t.Fatal(len(all), err)
	}
	again, _ := programs(&o)
	if !reflect.DeepEqual(all, again) {
		t.Error("the same seed gives other programs")
	}
	o.Seed++
	if other, _ := programs(&o); reflect.DeepEqual(all, other) {
		t.Error("another seed gives the same programs")
	}
	seen := map[string]bool{}
	for _, p := range all {
		if len(p.Steps) == 0 || p.Attr.RdAtomic < 1 || p.Attr.RdAtomic > 8 {
			t.Errorf("%s: %d steps, %+v", p.Name, len(p.Steps), p.Attr)
		}
		for _, s := range p.Steps {
			if w := strings.Fields(s.Cmd); len(w) > 1 && w[0] == "post" {
				seen[w[1]] = true
			} else if len(w) > 0 {
				seen[w[0]] = true
			}
		}
	}
	for _, w := range append([]string{"fill", "recv", "poll", "get64", "state"}, ops...) {
		if !seen[w] {
			t.Errorf("no program has %s", w)
		}
	}
}

// TestBadOptions: one error each, before anything is booted.
func TestBadOptions(t *testing.T) {
	for _, o := range []Options{{Rounds: 0, MTU: 512}, {Rounds: 1, MTU: 500}, {Rounds: 1, MTU: 8192}, {Rounds: 1, MTU: 512, Names: []string{"nonsense"}}} {
		if _, err := programs(&o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

// roce is the beginning of a RoCEv2 frame over IPv4, which is all that the Ethernet looks at.
func roce(n byte) []byte {
	f := make([]byte, 60)
	f[12], f[14], f[23] = 0x08, 0x45, 17
	f[36], f[37] = 4791>>8, 4791&0xff
	f[59] = n
	return f
}

// TestEther: frames get through, each fault does what it says and is recorded on the right side, and other frames are neither
// harmed nor recorded.
func TestEther(t *testing.T) {
	const n = 400
	dir := t.TempDir()
	a, portA, err := live.Pair()
	if err != nil {
		t.Fatal(err)
	}
	b, portB, err := live.Pair()
	if err != nil {
		t.Fatal(err)
	}
	e := newEther(portA, portB)
	names := [2]string{filepath.Join(dir, "x.a.pcap"), filepath.Join(dir, "x.b.pcap")}
	if err := e.begin(names, Faults{Loss: 0.1, Dup: 0.1, Reorder: 0.1, Corrupt: 0.1, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	got := make(chan int)
	go func() {
		count, buf := 0, make([]byte, live.MaxFrame)
		for {
			if _, err := b.ReadFrame(buf); err != nil {
				got <- count
				return
			}
			count++
		}
	}()
	arp := make([]byte, 60)
	arp[12], arp[13] = 0x08, 0x06
	for i := range n {
		if err := a.WriteFrame(roce(byte(i))); err != nil {
			t.Fatal(err)
		}
		if err := a.WriteFrame(arp); err != nil {
			t.Fatal(err)
		}
	}
	for range 5000 {
		e.mu.Lock()
		passed := e.passed
		e.mu.Unlock()
		if passed == n {
			break
		}
		time.Sleep(time.Millisecond)
	}
	counts, err := e.end()
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond)
	for _, x := range []live.Attachment{a, b} {
		if err := x.Close(); err != nil && err != net.ErrClosed {
			t.Error(err)
		}
	}
	arrived := <-got
	if err := e.close(); err != nil {
		t.Error(err)
	}
	want := n - counts.Dropped + counts.Duplicated
	if f := e.frames(); f != [2]int{n, want} || arrived != want+n {
		t.Errorf("%v frames recorded, %d arrived, with %+v", f, arrived, counts)
	}
	for _, c := range []int{counts.Dropped, counts.Duplicated, counts.Reordered, counts.Corrupted} {
		if c < n/40 || c > n/4 {
			t.Errorf("%+v of %d frames", counts, n)
		}
	}
	for i, name := range names {
		seen := 0
		if err := capture.ReadFile(name, func(f *capture.Frame) error {
			if seen++; i == 0 && !bytes.Equal(f.Data, roce(byte(seen-1))) {
				t.Errorf("frame %d is not what was sent", seen)
			}
			return nil
		}); err != nil || seen != e.frames()[i] {
			t.Errorf("%s: %d frames, %v", name, seen, err)
		}
	}
}

// TestTranslate: words of the log are those of the guest's client.
func TestTranslate(t *testing.T) {
	e := &end{qp: 3, access: Full, mr: map[Access]region{Full: {mr: 2, va: 1000, key: 77}}, recvID: 1_000_000}
	for _, c := range []struct{ cmd, want string }{
		{"fill 0 10 9", "fill mr=2 off=0 len=10 seed=9 ramp=1"},
		{"recv 2 100 8", "recv qp=3 mr=2 wrid=1000001 off=100 len=8|recv qp=3 mr=2 wrid=1000002 off=108 len=8"},
		{"post cas 8 8 @16 KEY 5 6", "send qp=3 mr=2 op=cas wrid=1 off=8 len=8 rva=1016 rkey=77 imm=5 add=5 swap=6"},
	} {
		if got := strings.Join(e.translate(e.words(c.cmd, e)), "|"); got != c.want {
			t.Errorf("%s: %s", c.cmd, got)
		}
	}
}
