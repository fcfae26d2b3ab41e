package replay

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// params is a golden NIC with all it has, and one queue pair.
var params = nic.Params{NumQP: 1, NumMR: 2, NumCQ: 2, Features: abi.FeaturesAll}
