// Package driver is a kernel-level verbs driver for a godwit NIC. It knows its device through registers, host
// memory and the interrupt line only, so it cannot tell the golden model from the RTL behind the bridge.
//
// The objects are those of rdma-core, spelt the Go way: [Device] (ibv_get_device, probe), [Context]
// (ibv_open_device: everything one container owns), [PD], [MR], [CQ], [QP]. Control-plane calls (create, modify,
// destroy, query, stall, dump, restore) wait for the device by calling Config.Advance, which lets simulated
// time pass, until the device is done or a number of cycles has gone by ([ErrTimeout]). Data-plane calls
// (PostSend, PostRecv, Poll, ReqNotify, HandleEvents) never wait.
//
// A Context owns a [Partition] of the number spaces (QPN, key, CQ, PD, migration group) that no other container
// of the migration domain uses, and a [Window] of physical memory that holds its rings and its application
// memory at fixed offsets. So it can move: [Context.Stall], [Context.Dump], a copy of the window, [Restore] on
// another device, [Context.Resume]. The handles found after it have the numbers they had before.
package driver
