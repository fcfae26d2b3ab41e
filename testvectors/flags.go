package testvectors

// What the standard, or a build of a NIC, leaves open.
const (
	// FlagIPv6: the frame is IPv6; a NIC that speaks IPv4 only takes it for malformed.
	FlagIPv6 = "ipv6"
	// FlagMigration: only a NIC with a migration unit knows this.
	FlagMigration = "migration"
	// FlagUDPChecksum: the UDP checksum is not 0 and not right; RoCEv2 lets a receiver look at it or not.
	FlagUDPChecksum = "udp-checksum"
	// FlagReserved: reserved bits are set; a receiver shall ignore them, and some do not.
	FlagReserved = "reserved-bits"
	// FlagPad: the pad is not what the payload needs, or not 0; IBTA says what a sender does, not what a receiver does.
	FlagPad = "pad"
	// FlagNoPayload: an opcode that never has a payload has one.
	FlagNoPayload = "payload-of-none"
	// FlagNotOffered: the context is not ready for the cause. A device that offers causes by the context never asks.
	FlagNotOffered = "not-offered"
)

// flagDocs explains the flags in COVERAGE.md, in the order above.
var flagDocs = [][2]string{
	{FlagIPv6, "the frame is IPv6; a NIC that speaks IPv4 only drops it as malformed"},
	{FlagMigration, "only a NIC with a migration unit knows this"},
	{FlagUDPChecksum, "the UDP checksum is neither 0 nor right; a receiver may look at it or not"},
	{FlagReserved, "reserved bits are set; a receiver shall ignore them"},
	{FlagPad, "the pad is not what the payload needs, or not 0; the standard binds the sender only"},
	{FlagNoPayload, "an opcode that never has a payload has one"},
	{FlagNotOffered, "the context is not ready for the cause; a device that schedules by context never asks"},
}

// A Profile says what an implementation makes of vectors with a flag: the verdict it gives instead, or "" when the
// vector cannot be put to it.
type Profile map[string]string

// ProfileNIC is that of the NICs of this revision, golden core and RTL.
var ProfileNIC = Profile{FlagIPv6: "DROP_MALFORMED"}

// Verdict returns the verdict that an implementation with this profile owes on v.
func (p Profile) Verdict(v *Vector) string {
	for _, f := range v.Flags {
		if verdict, ok := p[f]; ok {
			return verdict
		}
	}
	return v.Verdict
}
