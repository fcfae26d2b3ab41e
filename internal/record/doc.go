// Package record makes captures of two unmodified Linux kernels that talk RDMA to each other, in the format that package
// replay reads: truth that nobody here wrote, as much of it as anyone likes.
//
// Two guests of package guest are joined by an Ethernet of ours (type ether) that can lose, double, reorder and damage
// frames, and writes down what each side sent and was given. What the two do is a program that is drawn from a seed
// (type Program): verbs in the words of the log format, and how bad the link is meanwhile. The guests' own time decides what becomes of
// it: the same seed gives the same programs and faults, but never the same frames twice.
package record
