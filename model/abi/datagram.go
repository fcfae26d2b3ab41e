package abi

import "encoding/binary"

// Datagram is where a send of a UD queue pair goes. It is in fields of the work queue element that only RDMA has another
// use for, as layout wqe says.
type Datagram struct {
	QKey uint32
	// QPN has 24 bits.
	QPN    uint32
	IP     [16]byte
	TClass uint8
	// HopLimit is 0 for that of the device.
	HopLimit uint8
}

// Datagram is the destination that a work queue element of a UD queue pair names.
func (x *WQE) Datagram() (d Datagram) {
	d.QKey, d.QPN = uint32(x.RemoteVA), uint32(x.RemoteVA>>32)&0xffffff
	d.TClass, d.HopLimit = uint8(x.RKey), uint8(x.RKey>>8)
	binary.LittleEndian.PutUint64(d.IP[:], x.Swap)
	binary.LittleEndian.PutUint64(d.IP[8:], x.Compare)
	return d
}

// SetDatagram makes d the destination.
func (x *WQE) SetDatagram(d *Datagram) {
	x.RemoteVA = uint64(d.QPN&0xffffff)<<32 | uint64(d.QKey)
	x.RKey = uint32(d.HopLimit)<<8 | uint32(d.TClass)
	x.Swap, x.Compare = binary.LittleEndian.Uint64(d.IP[:]), binary.LittleEndian.Uint64(d.IP[8:])
}
