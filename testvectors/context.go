package testvectors

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// contextBytes is the length of a context image in format 1: without reserved bytes at its end, in steps of 8.
var contextBytes = func() int {
	n := 0
	for i := range abi.QPCFields {
		f := &abi.QPCFields[i]
		n = max(n, f.At+(f.Bits+7)/8)
	}
	return (n + 7) &^ 7
}()

// imageOf is the image of a context as a vector has it, for a NIC with features or without.
func imageOf(c *abi.QPC, has abi.Feature) Hex {
	if has == 0 {
		img := c.Image()
		return toHex(img[:contextBytes])
	}
	return toHex(wholeImage(*c))
}

// wholeImage is a whole image without the words of 8 bytes at its end that are 0, so that a context that grows leaves published
// vectors alone.
func wholeImage(c abi.QPC) []byte {
	image := c.ImageFull()
	n := len(image)
	for n >= 8 && [8]byte(image[n-8:n]) == [8]byte{} {
		n -= 8
	}
	return image[:n]
}

// whole is an image of a vector at full length.
func (h Hex) whole() *[abi.QPCFullSize]byte {
	var img [abi.QPCFullSize]byte
	copy(img[:], h.Bytes())
	return &img
}

// context is the context of an image of a vector.
func (h Hex) context() (c abi.QPC) {
	c.DecodeFull(h.whole()[:])
	return c
}

// has is the features of the NIC as a set.
func (s *StepCase) has() abi.Feature { return featureSet(s.Features) }

// featureSet is the set of the features named.
func featureSet(names []string) (set abi.Feature) {
	for _, f := range abi.FeatureNames {
		if slices.Contains(names, f.Name) {
			set |= f.Feature
		}
	}
	return set
}

// featureNames is the inverse of featureSet.
func featureNames(set abi.Feature) (names []string) {
	for _, f := range abi.FeatureNames {
		if set&f.Feature != 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

// rings are the fields that hold slots, with the size of a slot.
var rings = map[string]int{"rd_slots": abi.RdSlotSize, "rs_slots": abi.RsSlotSize}

// changes writes down, for people, what is different between two contexts: by field, and in a ring by slot.
func changes(before, after Hex) []string {
	out := []string{}
	for _, d := range differentQP(before, after) {
		out = append(out, fmt.Sprintf("%s: %s -> %s", d.Field, d.Want, d.Got))
	}
	return out
}
