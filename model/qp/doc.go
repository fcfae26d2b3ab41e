// Package qp is the protocol: a reliable connection (RC) queue pair and its live migration, as one pure
// function from a context and an event to a context and effects.
//
// [Step] reads no clock and no memory and keeps nothing between calls. What a step needs from memory, its
// caller fetches first and passes in the [Event]: [Fetch] says which work queue element, [Check] which
// memory region check. What a step does to the world comes back in [Effects]. [Wants] says, from the
// context alone, which opportunities (send, retire, flush) the queue pair is ready for.
//
// The code is divided as the hardware is: requester, completer, responder, migration, timers. Each quotes
// the rule it implements: IBTA volume 1 by section, the migration protocol (docs/protocol.md) by rule
// number R1..R13.
package qp
