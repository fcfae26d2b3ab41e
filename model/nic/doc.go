// Package nic models an RDMA NIC with a register file, a command mailbox, doorbells, DMA, timers, an event
// queue and an Ethernet port, in two layers.
//
// [Core] is the device without time. One cause (a received frame, a send opportunity, a timer, a command ...)
// is one step, and one step is one retire record: [Core.Apply]. What a step needs from the world and does to
// it passes through an [Env]. The golden NIC's Env is guest memory and a port; the lockstep checker's is what
// the RTL was observed to read, write and send. The two therefore cannot disagree on what a step is.
//
// [NIC] gives a Core time: it chooses the next cause, charges it the cycles of spec/timing.yaml, runs the
// timers and serialises the port. It implements [Device], which is all that a driver ever sees.
//
// # What is fixed here
//
// The following are decisions that RTL and model share, beside spec/ and the rules of reception (package wire).
//
//   - A command that has an image in memory reads it first, whatever its other arguments are worth.
//   - Slot and CQ arguments of a command are the low 16 bits of CMD_ARG0; MODIFY_QP has the new state in
//     bits 31:24. The opcode is the low 8 bits of what is written to CMD_GO, which also samples the arguments.
//   - When several things are wrong: LOAD_QP reports BAD_STATE, BAD_ATTR, BAD_INDEX, EXISTS, NO_SPACE in this order,
//     CREATE_QP and CREATE_MR EXISTS before NO_SPACE, CREATE_CQ BAD_INDEX before EXISTS.
//   - The record of a command names the slot it concerns, if that is allocated or was until now, else 0xffff.
//     CMD_RESULT is 0 unless the command says otherwise.
//   - The record of DB_CQ_CI, DB_CQ_ARM and DB_SRQ has the number of the queue as slot, and no context. The argument of every
//     doorbell is all of the written register value, of DB_SEND and DB_RECV the producer index in it.
//   - With CTRL.enable 0, SEND opportunities are not taken, and a packet that another step would send is
//     neither read from memory, nor sent, nor counted.
//   - A completion for a CQ that was not created, or that has overrun, is lost. With feature cq_guard that ends its
//     queue pair: QP_FATAL, behind CQ_ERR.
package nic
