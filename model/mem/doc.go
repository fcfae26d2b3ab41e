// Package mem models what an RDMA NIC sees of memory: the physical memory of one host ([RAM]), and the table
// of memory regions that says which of it a key opens ([Regions]).
package mem
