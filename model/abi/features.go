package abi

// Needs is the feature that an operation needs; 0 for those that every device has, and for those that none has.
func (op WROpcode) Needs() Feature {
	switch op {
	case WROpcodeRDMAWriteImm, WROpcodeSendImm:
		return FeatureImm
	case WROpcodeSendInv:
		return FeatureInv
	case WROpcodeRDMARead:
		return FeatureRead
	case WROpcodeCmpSwap, WROpcodeFetchAdd:
		return FeatureAtomic
	}
	return 0
}

// Needs is the feature that a state needs; 0 for those of every device.
func (s State) Needs() Feature {
	if s == StateSQD {
		return FeatureSQD
	}
	return 0
}
