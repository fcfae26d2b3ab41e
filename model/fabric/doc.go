// Package fabric connects NICs: ports, the links between them, faults on these links, and what happens on
// them, for captures and ladders.
//
// The fabric is one router. A frame goes where its IP destination address is routed to, with the MAC addresses
// of that hop and nothing else changed: the TTL stays, so that what was sent and what arrives are the same
// packet to a reader of captures.
//
// Time passes in windows no longer than the shortest link latency: what a NIC sends in one window cannot
// arrive before the next begins. So every device runs its window alone, in the order of the ports, and the
// result is that of a simulation in which all of them run cycle by cycle.
package fabric
