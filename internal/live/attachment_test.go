package live_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
)

// TestUnixDgram: two NICs at two paths, one of which learns where the other is.
func TestUnixDgram(t *testing.T) {
	dir := t.TempDir()
	pa, pb := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	x, err := live.UnixDgram(pa, pb)
	check(t, err)
	y, err := live.UnixDgram(pb, "")
	check(t, err)
	na := open(t, live.Config{Name: "a", Attachment: x, IP: ip4[0], MAC: live.MAC{2, 0, 0, 0, 0, 1}})
	nb := open(t, live.Config{Name: "b", Attachment: y, IP: ip4[1], MAC: live.MAC{2, 0, 0, 0, 0, 2}})
	a, b := endpoint(t, na, 0, live.EndpointAttr{}), endpoint(t, nb, 0, live.EndpointAttr{})
	connect(t, a, b, live.ConnectAttr{})
	work(t, a, b)
	// The partner's process ends, and another takes its place: frames are lost meanwhile, and nothing else is.
	nb.Close()
	check(t, na.Adopt())
	time.Sleep(10 * time.Millisecond)
	check(t, na.Err())
	if _, err := os.Stat(pb); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is left: %v", pb, err)
	}
}

// TestQEMUStream: a machine that connects, goes, and comes back.
func TestQEMUStream(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	at, err := live.QEMUStream(path)
	check(t, err)
	n := open(t, live.Config{Attachment: at, IP: ip4[0]})
	for range 2 {
		c, err := net.Dial("unix", path)
		check(t, err)
		// A broadcast ARP request for the NIC, from 10.0.0.2 at 02:..:02.
		ask := append(bytes.Repeat([]byte{0xff}, 6), 2, 0, 0, 0, 0, 2, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1)
		_, err = c.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(ask))), ask...))
		check(t, err)
		check(t, c.SetReadDeadline(time.Now().Add(limit)))
		head := make([]byte, 4)
		_, err = io.ReadFull(c, head)
		check(t, err)
		answer := make([]byte, binary.BigEndian.Uint32(head))
		_, err = io.ReadFull(c, answer)
		check(t, err)
		if mac := n.MAC(); !bytes.Equal(answer[22:28], mac[:]) {
			t.Errorf("answer % x", answer)
		}
		// Nonsense ends this connection only.
		_, err = c.Write([]byte{0xff, 0, 0, 0})
		check(t, err)
		if _, err := c.Read(head); err == nil {
			t.Error("a frame of 4 GB is waited for")
		}
		c.Close()
	}
	check(t, n.Err())
}

func TestPaths(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	check(t, os.WriteFile(path("file"), nil, 0o666))
	used, err := live.UnixDgram(path("used"), "")
	check(t, err)
	defer used.Close()
	listening, err := live.QEMUStream(path("listening"))
	check(t, err)
	defer listening.Close()
	stale, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path("stale"), Net: "unixgram"})
	check(t, err)
	stale.Close() // Go leaves the file of a datagram socket

	for _, test := range []struct{ path, want string }{
		{path("file"), "there is a file that is no socket"},
		{path("used"), "it is in use by another process: end that one, or take another path"},
		{path("listening"), "it is in use by another process"},
		{path("none/x"), "there is no folder " + path("none")},
		{path(strings.Repeat("x", 120)), "at most 107"},
	} {
		for _, make := range []func() (live.Attachment, error){
			func() (live.Attachment, error) { return live.UnixDgram(test.path, "") },
			func() (live.Attachment, error) { return live.QEMUStream(test.path) },
		} {
			_, err := make()
			var p *live.PathError
			if !errors.As(err, &p) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: %v, want %q", test.path, err, test.want)
			}
		}
	}
	again, err := live.UnixDgram(path("stale"), "")
	check(t, err)
	check(t, again.Close())
}
