package live

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Policy is what a partner that knows nothing of migration sees of a stopped container. protocol.md section 6.
type Policy uint8

// The policies.
const (
	// Silent: nothing is answered. The partner's budget is (retry_cnt + 1) ACK timeouts.
	Silent Policy = iota
	// RNR: a new request at the expected PSN is answered with an RNR NAK, and nothing else is answered. It bounds how
	// late the partner is to find out that it may go on; whether it saves its budget is up to the partner.
	RNR
)

// String returns "silent" or "rnr".
func (p Policy) String() string { return [...]string{"silent", "rnr"}[p] }

// ParsePolicy is the policy that a word names.
func ParsePolicy(s string) (Policy, error) {
	switch s {
	case "", "silent":
		return Silent, nil
	case "rnr":
		return RNR, nil
	}
	return 0, fmt.Errorf("there is no policy %q, only silent and rnr", s)
}

// guard answers for the stopped queue pairs of one container.
type guard struct {
	of  *Container
	qps []abi.QPC
	pkt wire.Packet
}

// guarded tells whether a frame was for a stopped queue pair that has a guard, which then has answered it or not.
func (n *NIC) guarded(frame []byte) bool {
	for _, g := range n.guards {
		if wire.Parse(frame, &g.pkt) != nil {
			return false // the device counts it
		}
		for i := range g.qps {
			if g.qps[i].QPN == g.pkt.BTH.DestQPN {
				n.refuse(&g.qps[i], &g.pkt)
				return true
			}
		}
	}
	return false
}

// refuse answers a new request at ePSN with an RNR NAK. Not a duplicate, which may be of a READ that was answered in
// part: some partners take a READ for complete then. Not while answers are due, which an RNR NAK would overtake. Not a
// request beyond ePSN: in an RNR wait partners go on sending, and each NAK of a gap costs them a retry.
func (n *NIC) refuse(c *abi.QPC, p *wire.Packet) {
	serving := c.SavedState == abi.StateRTR || c.SavedState == abi.StateRTS || c.SavedState == abi.StateSQD
	if c.QPType != abi.QPTypeRC || c.MigCapable || !serving || p.BTH.Op.Info().Kind != abi.KindRequest || p.BTH.PSN != c.EPSN ||
		p.SrcIP != c.RemoteIP || p.BTH.PKey != c.PKey || c.RsDue != 0 || c.ACKDue {
		return
	}
	n.answer(c, abi.SyndromeRNRNAK|abi.Syndrome(c.MinRNR), c.EPSN)
}

// answer sends an ACKNOWLEDGE packet on behalf of a queue pair.
func (n *NIC) answer(c *abi.QPC, s abi.Syndrome, at psn.PSN) {
	p := wire.Packet{
		DstMAC: anyHop, SrcMAC: n.cfg.MAC, SrcIP: addr(n.cfg.IP), DstIP: c.RemoteIP, V6: !AddrOf(c.RemoteIP).Is4(),
		TTL: abi.TTL, DF: true, SrcPort: c.UDPSport,
		BTH:  wire.BTH{Op: abi.OpAcknowledge, PKey: c.PKey, DestQPN: c.RemoteQPN, PSN: at},
		AETH: wire.AETH{Syndrome: uint8(s), MSN: c.MSN},
	}
	n.output(p.Append(nil))
}
