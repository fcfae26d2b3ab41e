package explore

import "slices"

// Named is a finding that has a name: what goes wrong in a dialect and a world, as a property that does not hold.
type Named struct {
	ID       string   `json:"id"`
	Dialect  string   `json:"dialect"`
	World    string   `json:"world"`
	Property Property `json:"-"`
	What     string   `json:"what"`
	// How it comes about, in sentences.
	How string `json:"how"`
}

// Catalogue is what is known to go wrong: the defects of the prototype (docs/protocol.md, section 5), then what each
// rule is for. A dialect that is not all of the prototype repairs what would get in the way.
func Catalogue() []Named { return slices.Concat(defects, offRules) }

// defects are those of the prototype.
var defects = []Named{
	{"B1", "migros-poc+R5", "home", P2, "the ACK of RESUME has an unacknowledged PSN: a SEND completes that never arrived",
		"RESUME is a request of its own at the PSN of the oldest unacknowledged one, and its answer repeats that PSN. Whoever sent RESUME takes it for an acknowledgement."},
	{"B1r", "migros-poc+R5", "read-home", P2, "the ACK of RESUME has the PSN of a READ: the READ completes without its data",
		"As B1: a plain ACK retires a READ or atomic of one packet, which only its response may do (P10)."},
	{"B2", "migros-poc", "idle", P4, "one lost RESUME, and an idle queue pair is blocked for ever",
		"RESUME is sent again by the retransmission timer, which runs only while something is unacknowledged and attribute timeout is not 0."},
	{"B3", "migros-poc+R5", "source", P1, "a RESUME sent twice makes a message begin again in its middle: the connection dies",
		"The retry marks all work requests to be sent again from their first byte, at the PSN where the message stood. The partner sees FIRST inside a message."},
	{"B4", "migros-poc+R5", "both", P4, "both ends move: each waits for the other, or its new address is taken by a stopped copy",
		"The stopped copy of the partner answers with NAK_STOPPED, or is not there any more, and nobody says where it went; the announcement costs retries until there are none."},
	{"B5", "migros-poc", "source", P1, "the restored queue pair is live before its memory is there",
		"Loading activates. What the queue pair does until its container's memory comes is undone by that memory."},
	{"B6", "migros-poc+R5", "write", P1, "the cursor of a WRITE is not dumped: the connection dies",
		"Address, key and length left of a WRITE in progress are only in its first packet; the copy does not know them when the second comes."},
	{"B7", "migros-poc+R5", "chain", P6, "a RESUME of the first move that comes late undoes the second",
		"RESUME has no epoch and is taken in any state; its sender becomes the partner's address, though it is a tombstone by then."},
	{"B8", "godwit+forget-ack+plain-ack", "wrap", P2, "a duplicate is acknowledged with 0xffffff: a SEND completes that never arrived",
		"The PSN acknowledged last is not dumped and restored as 0. Until something new arrives a duplicate draws an ACK of the PSN before 0, which is outstanding if PSNs are about to wrap."},
	{"B9", "godwit+forget-replay", "atomic", P8, "the answers to READs and atomics are not dumped: an atomic that ran is never answered",
		"The atomic ran at the source, whose answer was on its way or not sent yet. The copy does not remember it, must not run it again, and drops what is repeated until there are no retries."},
	{"B11", "migros-poc+R2+R5-deaf", "chain", P8, "the source is destroyed: the partner burns its retries on silence",
		"The source is gone as soon as it is dumped, so that nobody answers NAK_STOPPED, and what the partner sends costs a retry each time."},
	{"B12", "godwit+forget-credits", "credits", P1, "the READs outstanding are not counted in the dump: more are sent than were agreed, and the connection dies",
		"The copy believes that it may have as many READs and atomics outstanding as ever, and has some already. Its partner refuses the one too many as an invalid request."},
	{"B15", "migros-poc", "abort", P4, "a migration that cannot go on cannot go back either",
		"Stopping is final: there is no way from a stopped queue pair back to a running one."},
	{"B16", "godwit+loopback", "equal", P4, "equal queue pair numbers are taken for a loopback: nobody is told of the move",
		"A queue pair whose partner has the same number is taken for connected to itself, so that it does not announce itself."},
}

// offRules are what goes wrong with one rule off.
var offRules = []Named{
	{"R2", "godwit-R2", "late", P8, "a stopped queue pair answers with a sequence NAK, which costs its partner a retry",
		"The tombstone has a responder that still looks at PSNs: NAK_STOPPED at ePSN only, a sequence NAK beyond it."},
	{"R3", "godwit-R3", "again", P4a, "a NAK_STOPPED that comes late pauses a queue pair whose partner runs and has announced itself long ago",
		"Its epoch would tell. Nothing ends the pause but the lease and a probe, once for every such packet."},
	{"R4", "godwit-R4", "crash", P4, "a pause whose other end died does not end",
		"NAK_STOPPED pauses, the host that sent it dies, and nothing but a RESUME would end the pause."},
	{"R4a", "godwit-R4a-R6a", "probe", P4, "a partner that answers probes is given up: an acknowledgement in a pause counts for nothing",
		"Only NAK_STOPPED renews the probes. A copy that serves before its RESUME is acknowledged answers them, and its RESUME comes late."},
	{"R5", "godwit-R5", "late", P1, "what is done before memory is there is undone",
		"Loading activates, the partner is told, its messages arrive, and the memory that comes last has none of them."},
	{"R6", "godwit-R6", "idle", P4, "one lost RESUME, and an idle queue pair is blocked for ever",
		"Without a timer of its own RESUME is sent again only while something is unacknowledged."},
	{"R6a", "godwit-R6a", "silenced", P5, "a source rolled back by mistake executes what was sent to it before the move, and its successor does, too",
		"What is still on its way to the source arrives when it is back, before the partner has said which copy it takes."},
	{"R7", "godwit-R7", "chain", P6, "a RESUME of the first move that comes late undoes the second",
		"Without the checks of epoch and progress the last RESUME to arrive wins, not the newest."},
	{"R7a", "godwit-R7a", "zombie", P4, "a source rolled back by mistake is followed although its successor has sent what it has not",
		"Neither una nor ePSN of the source gives it away if the acknowledgement is still on its way to the successor. Then RESUME_ACK names what it never sent."},
	{"R8", "godwit-R8", "abort", P2, "a RESUME_ACK of an earlier announcement takes back what was acknowledged",
		"The answer names an ePSN of long ago. Taken as it is, una_psn goes backwards, which looks like half the PSN space acknowledged."},
	{"R9", "godwit-R9", "both", P4, "two ends that move at the same time do not find each other",
		"Each announces itself to where the other was. The tombstone there knows where it went, and is not listened to."},
	{"R10", "godwit-R10", "abort", P4, "a migration that cannot go on cannot go back either",
		"Stopping is final."},
	{"R10a", "godwit-R10a", "late", P8, "the source is destroyed: the partner burns its retries on silence",
		"The source is gone as soon as it is dumped. Nobody answers NAK_STOPPED until the successor announces itself."},
	{"R11", "godwit-R11", "usurper", P8, "two copies of an end, one of them brought back by mistake, mix their messages: the one that counts loses its connection",
		"The partner has taken the address of the newer copy and still takes packets of the older one, which has sent more. What the newer one sends then looks repeated, and is never acknowledged."},
	{"R12", "godwit-R12", "write", P1, "the cursor of a WRITE is not dumped: the connection dies",
		"Address, key and length left of a WRITE in progress are only in its first packet."},
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
