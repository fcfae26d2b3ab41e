package driver_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// addMachine adds a host with an address of the test's choice.
func (r *rig) addMachine(p nic.Params, ip wire.Addr) (*machine, error) {
	r.t.Helper()
	m := &machine{ram: mem.NewRAM(1 << 20)}
	m.core = nic.New(nic.Config{Params: p}, m.ram)
	check(r.t, m.core.Run(r.fab.Now()))
	m.nic = &probe{Device: m.core}
	mac := wire.MAC{2, 0, 0, 0, 2, byte(len(r.m))}
	if _, err := r.fab.Attach(string(rune('A'+len(r.m))), m.nic, mac, ip); err != nil {
		r.t.Fatal(err)
	}
	var err error
	m.dev, err = driver.Probe(driver.Config{
		NIC: m.nic, RAM: m.ram, Advance: r.fab.Step, Timeout: timeout, MAC: mac, NextHop: fabric.MAC, IP: ip,
	})
	r.m = append(r.m, m)
	return m, err
}

// TestIPv6: devices with IPv6 addresses connect and move as others do; what is of the other family is refused, before
// anything is touched.
func TestIPv6(t *testing.T) {
	r := newRig(t, 1, params) // an IPv4 host
	for i := range 3 {
		if _, err := r.addMachine(params, wire.Addr{0: 0xfd, 15: byte(i + 1)}); err != nil {
			t.Fatal(err)
		}
	}
	plain := params
	plain.Features = 0
	_, err := r.addMachine(plain, wire.Addr{0: 0xfd, 15: 9})
	wants(t, "a device without features", err, driver.ErrNotSupported)
	r.m = r.m[:4]

	a, b := newSide(t, r.open(1, 0)), newSide(t, r.open(2, 1))
	climb(t, a.qp, b.qp, abi.StateRTS)
	climb(t, b.qp, a.qp, abi.StateRTS)
	other := a.newQP(t)
	climb(t, other, nil, abi.StateInit)
	commands := r.m[1].nic.taken()
	before := *commands
	wants(t, "a partner with an IPv4 address", other.Modify(attr(abi.StateRTR, nil), maskRTR), driver.ErrInval)
	if *commands != before {
		t.Error("the device was told")
	}
	b.recv(t, 1, 4096)
	b.recv(t, 2, 4096)
	a.send(t, 1, 4096)
	r.step(20)
	check(t, a.ctx.Stall())
	img := must(a.ctx.Dump())(t).Marshal()
	commands = r.m[0].nic.taken()
	_, err = r.m[0].dev.Restore(img, r.copyWindow(1, a.ctx.Window(), 0, 0x80000))
	wants(t, "restore on an IPv4 host", err, driver.ErrNotSupported)
	if *commands != 0 || len(r.m[0].dev.Contexts()) != 0 {
		t.Error("the device was told")
	}
	handles := must(a.ctx.Dump())(t)
	for i := range handles.QPs {
		handles.QPs[i].QPC.RemoteIP = wire.Addr{} // as datagrams, which have no partner
	}
	handles.AHs = []driver.ImageAH{{Number: 0, PD: a.pd.Number(), IP: r.m[2].dev.IP()}}
	handles.Features = uint32(params.Features)
	_, err = r.m[0].dev.Restore(handles.Marshal(), driver.Window{Base: 0x80000, Size: winSize})
	wants(t, "address handles on an IPv4 host", err, driver.ErrNotSupported)
	if *commands != 0 {
		t.Error("the device was told")
	}
	c := must(r.m[3].dev.Restore(img, r.copyWindow(1, a.ctx.Window(), 3, 0x80000)))(t)
	check(t, c.Resume())
	check(t, a.ctx.SetForward(r.m[3].dev.IP()))
	must(c.QP(a.qp.QPN()).PostSend(driver.SendWR{WRID: 2, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(4096)}))(t)
	r.step(40)
	check(t, a.ctx.Release())
	if got := b.poll(t); len(got) != 2 || got[1].ByteLen != 4096 {
		t.Errorf("completions %+v", got)
	}
	if x := must(b.qp.Query())(t); x.RemoteIP != r.m[3].dev.IP() {
		t.Errorf("the partner believes it at %s", wire.FormatAddr(x.RemoteIP))
	}
}
