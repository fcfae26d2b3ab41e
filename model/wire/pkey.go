package wire

import "github.com/godwit-rdma/godwit/model/abi"

// ValidPKey tells whether a partition key names a partition: its low 15 bits are not 0. IBTA 10.9.1.1.
func ValidPKey(k uint16) bool { return k&^abi.PKeyFull != 0 }

// SamePartition tells whether two queue pairs with these partition keys may talk: the keys name one partition, and at
// least one of both is that of a full member. IBTA 10.9.3.
func SamePartition(a, b uint16) bool {
	return ValidPKey(a) && (a^b)&^abi.PKeyFull == 0 && (a|b)&abi.PKeyFull != 0
}
