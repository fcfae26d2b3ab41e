package testvectors

import "github.com/godwit-rdma/godwit/model/abi"

// needs finds out which features a case is about, by running it with others: those without which something else comes out
// or, taken away together, would, and those that the NIC lacks and with which something else comes out.
func (c *DeviceCase) needs(verdict string, m ram) (needs, lacks []string) {
	same := func(has abi.Feature) bool {
		again := c.inputs()
		again.Features = featureNames(has)
		v, _, err := again.run(m)
		return err == nil && v == verdict && len(c.differences(again)) == 0
	}
	set := c.has()
	for _, f := range abi.FeatureNames {
		switch with := c.has() & f.Feature; {
		case with == 0 && !same(c.has()|f.Feature):
			lacks = append(lacks, f.Name)
		case with != 0 && same(set&^f.Feature):
			set &^= f.Feature
		}
	}
	return featureNames(set), lacks
}
