// Package lockstep holds a device against the golden model, step by step.
//
// The device says what it did: one retire record per committed protocol step (RNVI, docs/rnvi.md), and every
// DMA access and frame as the simulator saw it. A [Checker] executes the same causes, in the same order, on a
// golden [nic.Core] whose world is those observations: what the core reads from memory is what the device was
// served, and what it writes, sends and remembers is compared with what the device wrote, sent and remembers.
//
// The order in which a device interleaves its work is observed and not predicted, so no difference in timing
// can raise an alarm; and because every step is compared as a whole, the first wrong step is named, not its
// symptom later. Timing is judged apart, and loosely: no timer early, nothing starved.
package lockstep
