// Package neigh is what a network station does below UDP besides carrying its traffic: it says where its address is
// (ARP, neighbour discovery, duplicate address detection), finds out where those of others are, and answers pings.
//
// A [Station] is passive. It is handed the frames that arrive and the time, and is asked for the frames to send; it
// has no clock, socket or goroutine, so that every order of events can be tried. Frames are built and taken apart by
// gopacket, checksums included: nothing here is on the path of RoCE packets, which have a codec of their own.
//
// Standards: RFC 826 and 5227 (ARP, address conflicts), RFC 4861 and 4862 (neighbour discovery, duplicate address
// detection), RFC 792 and 4443 (echo).
package neigh
