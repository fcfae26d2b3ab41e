package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/control"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// nicFlags are the flags of `godwit nic`.
type nicFlags struct {
	tap, dgram, peer, stream string
	ip, gateway, mac, name   string
	control, pcap, device    string
	mtu                      int
	standby, noProbe         bool
	memory                   uint64
	cycle                    time.Duration
}

// newNICCommand is `godwit nic`.
func newNICCommand() *cobra.Command {
	var f nicFlags
	cmd := &cobra.Command{
		Use:   "nic (--tap NAME | --unix-dgram PATH | --qemu-stream PATH) --ip ADDRESS/BITS",
		Short: "Be a NIC on a TAP, or for a virtual machine: the golden model in real time",
		Long: `Runs the golden NIC in real time until ^C. It speaks RoCEv2 on Ethernet frames, and answers ARP, neighbour discovery
and ping:

  --tap NAME           a TAP device of this machine or of this network namespace; made if it is not there and you may
  --unix-dgram PATH    a datagram socket, one datagram a frame: QEMU's -netdev dgram. Frames go to --peer, or to whoever
                       sent the last one
  --qemu-stream PATH   a socket that QEMU's -netdev stream,server=off connects to

Programs use it over the socket at --control: one JSON object a line, as docs/nic.md has them, for instance with
"godwit nic call". A NIC with --standby answers nothing until a container moves to it with the address.

With --device rtl the device is the Verilated RTL. It has SEND and RDMA WRITE over IPv4, and is a few hundred times
slower than silicon: a cycle is then --cycle of the wall clock, 2 us unless you say otherwise, and so are all timers.
--device small is the golden NIC with the tables and the operations of the RTL: containers move between these two.`,
		Example: `  godwit nic --tap gw0 --ip 10.0.0.1/24 --control /tmp/nic
  godwit nic --unix-dgram /tmp/a --peer /tmp/b --ip fd00::1/64 --mtu 4200 --pcap a.pcapng`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runNIC(cmd, &f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.tap, "tap", "", "name of the TAP device")
	flags.StringVar(&f.dgram, "unix-dgram", "", "path of the datagram socket to make")
	flags.StringVar(&f.peer, "peer", "", "with --unix-dgram: path of the socket at the other end")
	flags.StringVar(&f.stream, "qemu-stream", "", "path of the socket to listen at")
	flags.StringVar(&f.ip, "ip", "", "address of the NIC, with the length of its subnet's prefix, as 10.0.0.1/24")
	flags.StringVar(&f.gateway, "gateway", "", "address of the way out of the subnet")
	flags.StringVar(&f.mac, "mac", "", "Ethernet address; default 02:67:6f:64 and the end of the IP address")
	flags.StringVar(&f.name, "name", "godwit", "name in captures and messages")
	flags.IntVar(&f.mtu, "mtu", 0, "longest IP packet of the link in bytes; default that of the TAP, else 1500")
	flags.StringVar(&f.control, "control", "", "path of the control socket to make")
	flags.StringVar(&f.pcap, "pcap", "", "pcapng file to write all frames to")
	flags.BoolVar(&f.standby, "standby", false, "the address is still elsewhere: answer nothing until it is handed over")
	flags.BoolVar(&f.noProbe, "no-probe", false, "do not ask first whether another station has the address")
	flags.Uint64Var(&f.memory, "memory", 4<<20, "bytes of memory of each of the 4 containers")
	flags.StringVar(&f.device, "device", "golden", "golden, small, or rtl: the Verilated RTL")
	flags.DurationVar(&f.cycle, "cycle", 0, "wall time of a cycle; default 4ns, and 2us for the RTL")
	cmd.AddCommand(newNICCallCommand())
	return cmd
}

// probeTime is how long a NIC listens for another one with its address. RFC 5227 has up to 7 s, on links that are slower.
const probeTime = 500 * time.Millisecond

// runNIC is a NIC from start to ^C.
func runNIC(cmd *cobra.Command, f *nicFlags) (err error) {
	c, err := f.config()
	if err != nil {
		return err
	}
	if f.pcap != "" {
		file, err := os.Create(f.pcap)
		if err != nil {
			return ui.BadInput(err)
		}
		defer file.Close()
		if c.Recorder, err = live.NewRecorder(file, c.Name); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, c.Recorder.Close()) }()
	}
	if err := f.chooseDevice(cmd.Context(), &c); err != nil {
		return err
	}
	if c.Attachment, err = f.attach(); err != nil {
		return refused(err)
	}
	n, err := live.Open(c)
	if err != nil {
		return errors.Join(ui.BadInput(err), c.Attachment.Close())
	}
	defer func() { err = errors.Join(err, n.Close()) }()
	if !f.standby && !f.noProbe {
		if err := n.ProbeAddress(cmd.Context(), probeTime); err != nil {
			return f.ended(cmd.Context(), err)
		}
	}
	// Its socket tells that the NIC is ready.
	var l *net.UnixListener
	if f.control != "" {
		if l, err = live.ListenUnix(f.control); err != nil {
			return refused(err)
		}
		defer l.Close()
	}
	if !f.standby {
		if err := n.Adopt(); err != nil {
			return err
		}
	}
	f.hello(cmd.OutOrStdout(), n)
	err = f.serve(cmd.Context(), n, l)
	s := n.Stats()
	fmt.Fprintf(cmd.OutOrStdout(), "nic: %d frames received, %d sent, %d without a next hop, %d that the link did not take, %v lost\n",
		s.In, s.Out, s.Unresolved, s.Overrun, s.Lost.Round(time.Millisecond))
	return err
}

// config is what the flags say of the NIC.
func (f *nicFlags) config() (c live.Config, err error) {
	given := 0
	for _, s := range []string{f.tap, f.dgram, f.stream} {
		if s != "" {
			given++
		}
	}
	switch {
	case given != 1:
		return c, ui.BadInputf("nic: say one of --tap NAME, --unix-dgram PATH and --qemu-stream PATH")
	case f.peer != "" && f.dgram == "":
		return c, ui.BadInputf("nic: --peer is for --unix-dgram")
	case f.memory < 1<<16 || f.memory > 1<<30:
		return c, ui.BadInputf("nic: --memory is %d, want %d to %d", f.memory, 1<<16, 1<<30)
	case f.cycle < 0:
		return c, ui.BadInputf("nic: --cycle is %v", f.cycle)
	}
	subnet, err := netip.ParsePrefix(f.ip)
	if err != nil {
		return c, ui.BadInputf("nic: --ip is %q, want an address and the length of its prefix, as 10.0.0.1/24 or fd00::1/64", f.ip)
	}
	c = live.Config{
		Name: f.name, IP: subnet.Addr(), Subnet: subnet.Masked(), MTU: f.mtu, Memory: f.memory, Standby: f.standby, Cycle: f.cycle,
	}
	if f.gateway != "" {
		if c.Gateway, err = netip.ParseAddr(f.gateway); err != nil {
			return c, ui.BadInputf("nic: --gateway: %v", err)
		}
	}
	b := subnet.Addr().AsSlice()
	c.MAC = live.MAC{0x02, 'g', 'o', 'd', b[len(b)-2], b[len(b)-1]}
	if f.mac != "" {
		mac, err := net.ParseMAC(f.mac)
		if err != nil || len(mac) != len(c.MAC) {
			return c, ui.BadInputf("nic: --mac is %q, want six bytes as 02:00:00:00:00:01", f.mac)
		}
		c.MAC = live.MAC(mac)
	}
	return c, nil
}

// rtlCycle is the wall time of a cycle of the RTL: what the simulator does on a machine that is not idle.
const rtlCycle = 2 * time.Microsecond

// smallContainers is how many containers share the tables of the RTL.
const smallContainers = 2

// chooseDevice prepares the device that the flags name.
func (f *nicFlags) chooseDevice(ctx context.Context, c *live.Config) error {
	switch f.device {
	case "golden":
		return nil
	case "small":
		c.Params, c.Containers = nic.DefaultParams(), smallContainers
		return nil
	case "rtl":
	default:
		return ui.BadInputf("nic: --device is %q, want golden, small or rtl", f.device)
	}
	if c.IP.Is6() {
		return ui.BadInputf("nic: --ip is %s, and the RTL has IPv4 only", f.ip)
	}
	if c.Cycle == 0 {
		c.Cycle = rtlCycle
	}
	c.Containers = smallContainers
	c.Device = func(ram *mem.RAM) (nic.Device, error) {
		dev, _, err := cosim.RTL{Builder: sim.Builder{Progress: announce}, RAM: ram}.Open(ctx)
		if err != nil {
			return nil, err
		}
		return dev, nil
	}
	return nil
}

// attach plugs the NIC in.
func (f *nicFlags) attach() (live.Attachment, error) {
	switch {
	case f.tap != "":
		return live.TAP(f.tap)
	case f.dgram != "":
		return live.UnixDgram(f.dgram, f.peer)
	}
	return live.QEMUStream(f.stream)
}

// refused tells faults of the user from those of the environment: of the right to a TAP, and of what it needs, only the
// environment can decide.
func refused(err error) error {
	var path *live.PathError
	if errors.As(err, &path) {
		return ui.BadInputf("nic: %w", err)
	}
	return fmt.Errorf("nic: %w", err)
}

// hello tells that the NIC is there.
func (f *nicFlags) hello(w io.Writer, n *live.NIC) {
	mac := n.MAC()
	fmt.Fprintf(w, "nic: %s is %v, %v, on %s; MTU %d\n", n.Name(), n.IP(), net.HardwareAddr(mac[:]), n.Attachment(), n.MTU())
	if f.control != "" {
		fmt.Fprintf(w, "nic: control socket %s\n", f.control)
	}
}

// serve lets the NIC run until ^C, or until something ends it.
func (f *nicFlags) serve(ctx context.Context, n *live.NIC, l *net.UnixListener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	if l != nil {
		go func() { done <- control.Serve(ctx, n, l) }()
		defer func() { cancel(); <-done }()
	}
	if err := n.Wait(ctx); err != nil {
		return f.ended(ctx, err)
	}
	return nil
}

// ended is the error of a NIC that ended; being told to end is none.
func (f *nicFlags) ended(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return fmt.Errorf("nic: %w", err)
}
