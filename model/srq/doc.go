// Package srq is a NIC's shared receive queues: lists of receives that many queue pairs take from. IBTA 10.2.9.
package srq
