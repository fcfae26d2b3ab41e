// Package interop tries the golden NIC against an unmodified Linux kernel (rdma_rxe in QEMU, package guest), in real time
// (package live), and tells scenario by scenario what held.
//
// One guest is booted; each scenario makes new queue pairs at both ends. The two ends are a [side] each, with the same
// methods, so that most scenarios are written once and run in both directions. They assert on completions, data and
// counters, never on the number of packets: either end retransmits when the machine is slow.
//
// What others think of the frames that were exchanged is asked afterwards (oracle.go): scapy of every ICRC, tshark of the
// headers.
package interop
