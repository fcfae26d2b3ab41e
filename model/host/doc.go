// Package host puts NICs to use: hosts with memory and a driver, containers with programs that talk over queue
// pairs, and the orchestrator that moves a container from one host to another while they talk.
//
// A [World] is hosts on a fabric and one clock. [World.Step] lets one window of the fabric pass, then handles
// interrupts, then gives each running container a turn, in the order of hosts. A program is a state machine whose
// state is Go values that go with the container (its process image) and bytes in the container's memory window
// (copied). It keeps numbers, not handles, of verbs objects: after a move these are found by the same numbers in
// the new [driver.Context].
//
// [Migrate] runs the phases of a live migration; each may fail and is then rolled back. [Migration] runs them one at
// a time, so that two containers can move at once.
package host
