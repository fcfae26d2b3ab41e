package capture

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
)

// Writer writes a pcapng file: one section, one Ethernet interface per name, times in nanoseconds. The bytes depend on
// the arguments only: nothing is said of machine, system or time of day.
type Writer struct {
	w      *pcapgo.NgWriter
	ifaces int
}

// NewWriter writes the headers to w. Interfaces are numbered from 0 in the order of their names; there is at least one.
func NewWriter(w io.Writer, names []string) (*Writer, error) {
	if len(names) == 0 {
		return nil, fmt.Errorf("a capture needs at least one interface")
	}
	iface := func(name string) pcapgo.NgInterface {
		return pcapgo.NgInterface{Name: name, LinkType: layers.LinkTypeEthernet}
	}
	ng, err := pcapgo.NewNgWriterInterface(w, iface(names[0]), pcapgo.NgWriterOptions{})
	if err != nil {
		return nil, err
	}
	for _, name := range names[1:] {
		if _, err := ng.AddInterface(iface(name)); err != nil {
			return nil, err
		}
	}
	return &Writer{ng, len(names)}, nil
}

// Write adds a frame seen at interface iface at time t, nanoseconds since the start of the simulation, which readers
// take for 1970. A comment that is not empty becomes the packet's.
func (w *Writer) Write(iface int, t uint64, frame []byte, comment string) error {
	if iface < 0 || iface >= w.ifaces {
		return fmt.Errorf("interface %d of %d", iface, w.ifaces)
	}
	if t > math.MaxInt64 {
		return fmt.Errorf("time %d ns is beyond what a capture can say", t)
	}
	var opts pcapgo.NgPacketOptions
	if comment != "" {
		// An option's length has 16 bits, which the library does not check.
		if len(comment) > math.MaxUint16 {
			return fmt.Errorf("comment of %d bytes, at most %d", len(comment), math.MaxUint16)
		}
		opts.Comments = []string{comment}
	}
	return w.w.WritePacketWithOptions(gopacket.CaptureInfo{
		Timestamp: time.Unix(0, int64(t)), CaptureLength: len(frame), Length: len(frame), InterfaceIndex: iface,
	}, frame, opts)
}

// Flush hands all that was written to the underlying writer. Call it before closing that.
func (w *Writer) Flush() error { return w.w.Flush() }
