package explore

// Named is a finding that has a name: what goes wrong in a dialect and a world, as a property that does not hold.
type Named struct {
	ID       string   `json:"id"`
	Dialect  string   `json:"dialect"`
	World    string   `json:"world"`
	Property Property `json:"-"`
	What     string   `json:"what"`
}

// Catalogue is what is known to go wrong: the defects of the prototype (docs/protocol.md, section 5), then what each
// rule is for. A dialect that is not all of the prototype repairs what would get in the way.
func Catalogue() []Named {
	return []Named{
		{"B1", "migros-poc", "home", P2, "the ACK of RESUME has an unacknowledged PSN: a SEND completes that never arrived"},
		{"B2", "migros-poc", "idle", P4, "one lost RESUME, and an idle queue pair is blocked for ever"},
		{"B3", "migros-poc+R5", "source", P1, "a RESUME sent twice makes a message begin again in its middle: the connection dies"},
		{"B4", "migros-poc+R5", "both", P4, "both ends move: each waits for the other, or its new address is taken by a stopped copy"},
		{"B5", "migros-poc", "source", P1, "the restored queue pair is live before its memory is there"},
		{"B6", "migros-poc+R5", "write", P1, "the cursor of a WRITE is not dumped: the connection dies"},
		{"B7", "migros-poc", "chain", P6, "a RESUME of the first move that comes late undoes the second"},
		{"B8", "godwit+forget-ack+plain-ack", "wrap", P2, "a duplicate is acknowledged with 0xffffff: a SEND completes that never arrived"},
		{"B11", "migros-poc+R2+R5-deaf", "chain", P8, "the source is destroyed: the partner burns its retries on silence"},
		{"B15", "migros-poc", "abort", P4, "a migration that cannot go on cannot go back either"},
		{"B16", "godwit+loopback", "equal", P4, "equal queue pair numbers are taken for a loopback: nobody is told of the move"},
		{"R2", "godwit-R2", "late", P8, "a stopped queue pair answers with a sequence NAK, which costs its partner a retry"},
		{"R4", "godwit-R4", "crash", P4, "a pause whose other end died does not end"},
		{"R5", "godwit-R5", "late", P1, "what is done before memory is there is undone"},
		{"R6", "godwit-R6", "idle", P4, "one lost RESUME, and an idle queue pair is blocked for ever"},
		{"R7", "godwit-R7", "chain", P6, "a RESUME of the first move that comes late undoes the second"},
		{"R8", "godwit-R8", "abort", P2, "a RESUME_ACK of an earlier announcement takes back what was acknowledged"},
		{"R9", "godwit-R9", "both", P4, "two ends that move at the same time do not find each other"},
		{"R10", "godwit-R10", "abort", P4, "a migration that cannot go on cannot go back either"},
		{"R10a", "godwit-R10a", "late", P8, "the source is destroyed: the partner burns its retries on silence"},
		{"R12", "godwit-R12", "write", P1, "the cursor of a WRITE is not dumped: the connection dies"},
	}
}

// ids are the names of a finding.
func ids(world, dialect string, p Property) (out []string) {
	for _, n := range Catalogue() {
		if n.World == world && n.Dialect == dialect && n.Property == p {
			out = append(out, n.ID)
		}
	}
	return out
}
