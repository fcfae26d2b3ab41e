// Package live runs a NIC in real time, on a network of real machines: a virtual machine, a TAP device, or another NIC
// of this package.
//
// A [NIC] is a device (the golden model, or anything that is a [nic.Device]) under the driver of model/driver, on an
// [Attachment] that carries Ethernet frames. A clock paces it: a cycle is 4 ns of the wall clock, unless said otherwise,
// and its timers are never early. When the process is not scheduled for a while, frames that came meanwhile are taken
// before the timers that ran out meanwhile; time beyond some milliseconds is lost, as if the device had stood still.
// Package neigh answers ARP, neighbour discovery and ping beside it, and finds the next hop of what the NIC sends.
//
// A [Container] is what a program owns of a NIC: a driver context. [Container.Do] runs a function on it while nothing else
// happens, [Container.Wait] lets time pass until something has. [Endpoint] is a queue pair with queue and buffer, for
// programs that need no more. A container moves to another NIC with [Container.Migrate], or step by step with Stop, Dump,
// Restore, Activate and Release.
//
// The link can be told to lose, double, delay, reorder, damage or mark frames ([NIC.AddFault], [NIC.SetChance]), and to
// write them down ([Recorder]).
//
// All methods may be called by several goroutines, except from within functions that are handed to Do, Wait or AddFault:
// these run while the NIC stands still, and must not wait for it.
package live
