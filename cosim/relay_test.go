package cosim

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// relay sits between a host and the real simulator. It passes frames on until one of them is the n-th of its
// direction, and then does something to it.
type relay struct {
	// up handles the n-th frame of the simulator: it writes to the host, or does not. It returns whether to go on.
	up func(frame []byte, host net.Conn) bool
	// down is the same for the frames of the host.
	down func(frame []byte, dut net.Conn) bool
	nth  int

	mu sync.Mutex
	at time.Time // of the n-th frame
}

// pass relays one direction. A direction that does not go on is not read any more; the connection stays.
func (r *relay) pass(from, to net.Conn, act func([]byte, net.Conn) bool) {
	for n := 0; ; n++ {
		head := make([]byte, 16)
		if _, err := io.ReadFull(from, head); err != nil {
			to.Close()
			return
		}
		frame := append(head, make([]byte, binary.LittleEndian.Uint32(head[12:]))...)
		if _, err := io.ReadFull(from, frame[16:]); err != nil {
			to.Close()
			return
		}
		if n >= r.nth && act != nil {
			r.mu.Lock()
			if r.at.IsZero() {
				r.at = time.Now()
			}
			r.mu.Unlock()
			if !act(frame, to) {
				return
			}
			continue
		}
		if _, err := to.Write(frame); err != nil {
			return
		}
	}
}

func (r *relay) since() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// open is the RTL NIC behind the relay, in lockstep.
func (r *relay) open(t *testing.T) func(*mem.RAM) (*Device, *lockstep.Checker) {
	needVerilator(t)
	return func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		check := lockstep.New(lockstep.Options{Params: nic.DefaultParams()})
		dev, err := NewDevice(Config{RAM: ram, Observer: check, Start: func() (*bridge.Conn, error) {
			// The pipe has no buffer: a relay that reads no more blocks the host's next write.
			near, far := net.Pipe()
			dut := spawnSimulator(t)
			go r.pass(dut, far, r.up)
			go r.pass(far, dut, r.down)
			t.Cleanup(func() { far.Close(); dut.Close() })
			hello := bridge.Hello{Role: bridge.RoleHost, Revision: abi.Revision}
			return bridge.NewConn(near, bridge.Options{Hello: hello, Timeout: impatient})
		}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { dev.Close() })
		return dev, check
	}
}

// spawnSimulator starts the simulator of the reference NIC, and returns the socket on which it connected.
func spawnSimulator(t *testing.T) net.Conn {
	t.Helper()
	path, err := (&sim.Builder{}).Build(t.Context(), sim.Params{})
	must(t, err)
	l, err := net.Listen("unix", t.TempDir()+"/bridge")
	must(t, err)
	defer l.Close()
	cmd := exec.Command(path, "--connect", "unix:"+l.Addr().String())
	must(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	l.(*net.UnixListener).SetDeadline(time.Now().Add(10 * time.Second))
	nc, err := l.Accept()
	must(t, err)
	return nc
}

// TestConnectionFaultsInMidStream does to the bytes of the bridge what broken peers and networks do.
func TestConnectionFaultsInMidStream(t *testing.T) {
	noise := make([]byte, 4096)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	for _, tt := range []struct {
		name  string
		relay *relay
		class bridge.Class
		words []string
	}{
		{"random bytes", &relay{up: func(_ []byte, host net.Conn) bool { host.Write(noise); return false }},
			bridge.Protocol, []string{"byte 0: frame does not begin with the magic number", "in flight: "}},
		{"random payload", &relay{up: func(frame []byte, host net.Conn) bool {
			copy(frame[16:], noise)
			host.Write(frame)
			return false
		}}, bridge.Protocol, []string{"frame 140, item 0, byte 16: ", "in flight: "}},
		{"truncated frame", &relay{up: func(frame []byte, host net.Conn) bool {
			host.Write(frame[:len(frame)-1])
			host.Close()
			return false
		}}, bridge.PeerDead, []string{"connection ended inside frame 140, after ", "in flight: "}},
		{"frame repeated", &relay{up: func(frame []byte, host net.Conn) bool {
			host.Write(frame)
			host.Write(frame)
			return false
		}}, bridge.Protocol, []string{"frame 141, byte 4: frame is numbered 140"}},
		{"closed", &relay{up: func(_ []byte, host net.Conn) bool { host.Close(); return false }},
			bridge.PeerDead, []string{"waiting for frame 140: peer closed the connection; in flight: "}},
		{"stops answering", &relay{up: func([]byte, net.Conn) bool { return true }},
			bridge.Timeout, []string{"waiting for frame 140: peer does not answer for 2s; in flight: "}},
		{"stops reading", &relay{down: func(frame []byte, dut net.Conn) bool { dut.Write(frame); return false }},
			bridge.Timeout, []string{"peer reads nothing for 2s"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.relay.nth = 140
			r := newRig(t, tt.relay.open(t), 0, 500000)
			err := r.stream(false)
			checkFault(t, r, err, tt.relay.since(), tt.class, tt.words...)
			_, again := r.world.Host("a").NIC.ReadReg(abi.RegID)
			if again == nil || !strings.Contains(err.Error(), again.Error()) {
				t.Errorf("the next call says %v", again)
			}
		})
	}
}
