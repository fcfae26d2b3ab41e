package op

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/qp"
)

// verb describes one verb.
type verb struct {
	verb Verb
	doc  string
	// places are the values that follow the verb, in their order; keys the key=value pairs.
	places, keys []param
}

func find(v Verb) *verb {
	for i := range verbs {
		if verbs[i].verb == v {
			return &verbs[i]
		}
	}
	return nil
}

// Accessors that several verbs share.
var (
	theQP    = must(number("qp", 0, 1, 99, func(o *Op) *int { return &o.Number }, "the connection"))
	theNIC   = nicName("nic", func(o *Op) *string { return &o.At }, "its name")
	at       = nicName("at", func(o *Op) *string { return &o.At }, "the NIC")
	from     = nicName("from", func(o *Op) *string { return &o.From }, "the NIC that sends, or that is left")
	to       = nicName("to", func(o *Op) *string { return &o.To }, "the NIC that receives, or that is moved to")
	packet   = word("packet", "any", packets, func(o *Op) *string { return &o.Frames.Packet }, "which packets: an opcode, a kind of migration packet, or a syndrome")
	anyPSN   = numberOr("psn", "any", 1<<24-1, func(o *Op) *int { return &o.Frames.PSN }, "BTH.PSN")
	nth      = number("nth", 1, 1, 1<<20, func(o *Op) *int { return &o.Frames.Nth }, "the first of them to act on")
	frames   = number("count", 1, 1, 1<<20, func(o *Op) *int { return &o.Frames.Count }, "how many to act on")
	wantN    = numberOr("count", "any", 1<<30, func(o *Op) *int { return &o.Want.Count }, "how many exactly")
	wantMin  = number("min", 0, 0, 1<<30, func(o *Op) *int { return &o.Want.Min }, "how many at least")
	workN    = number("count", 1, 1, 1<<15, func(o *Op) *int { return &o.Work.Count }, "how many")
	workLen  = number("len", 4096, 0, 1<<24, func(o *Op) *int { return &o.Work.Len }, "bytes of each")
	workSGEs = number("sges", 1, 1, 16, func(o *Op) *int { return &o.Work.SGEs }, "buffers each is spread over, the first part of the message in the last piece of memory")
	linkKeys = []param{from, to, packet, anyPSN, nth, frames}
	heldKeys = []param{from, to, packet, anyPSN, number("nth", 1, 1, 1<<20, func(o *Op) *int { return &o.Frames.Nth }, "which of them, in the order they were sent")}
)

// dialect is a name that qp.ParseDialect reads.
var dialect = must(param{
	name: "name", want: "godwit or migros-poc and what differs from it, as godwit-R3", doc: "its name",
	set: func(o *Op, text string) bool {
		_, err := qp.ParseDialect(text)
		o.Dialect = text
		return err == nil
	},
	get: func(o *Op) string { return o.Dialect },
})

// works are the operations of post-send.
var works = []string{"send", "send-imm", "send-inv", "write", "write-imm", "read", "cas", "faa"}

var verbs = []verb{
	{verb: Seed, doc: "chance begins here; once, before the first NIC",
		places: []param{must(number("seed", 1, 0, 1<<31-1, func(o *Op) *int { return &o.Number }, "any number"))}},
	{verb: Dialect, doc: "the dialect of the migration protocol that all NICs speak, before the first NIC", places: []param{dialect}},
	{verb: NIC, doc: "a host with a NIC", places: []param{theNIC}, keys: []param{
		number("qps", 8, 1, 255, func(o *Op) *int { return &o.Params.QPs }, "queue pairs it has room for"),
		number("mrs", 16, 1, 255, func(o *Op) *int { return &o.Params.MRs }, "memory regions"),
		number("cqs", 8, 1, 255, func(o *Op) *int { return &o.Params.CQs }, "completion queues"),
		address("ip", func(o *Op) *string { return &o.Params.IP }, "its address, IPv4 or IPv6; partners have addresses of the same kind"),
		flag("migration", true, func(o *Op) *bool { return &o.Params.Migration }, "the migration unit is there"),
	}},
	{verb: QP, doc: "a connection: a queue pair at each of two NICs, in RTS, each in a container of its own",
		places: []param{theQP, nicName("from", func(o *Op) *string { return &o.From }, "end A"), nicName("to", func(o *Op) *string { return &o.To }, "end B")},
		keys:   connKeys},
	{verb: PostRecv, doc: "post receives", keys: []param{theQP, at, workN, workLen, workSGEs}},
	{verb: PostSend, doc: "post work requests: sends and RDMA WRITEs of bytes that nothing else has; READs of the partner's source region, and atomics that count there; send-inv invalidates the partner's key", keys: []param{
		theQP, at, word("op", "send", works, func(o *Op) *string { return &o.Work.Op }, "the operation"),
		workLen, workN, workSGEs,
		flag("inline", false, func(o *Op) *bool { return &o.Work.Inline }, "the payload is in the work request itself"),
		numberOr("off", "next", 1<<24, func(o *Op) *int { return &o.Work.Off }, "where a WRITE goes in the partner's region, or a READ reads in its source region"),
		flag("solicited", false, func(o *Op) *bool { return &o.Work.Solicited }, "its last packet has the solicited event bit"),
		flag("fence", false, func(o *Op) *bool { return &o.Work.Fence }, "it waits for the READs and atomics before it"),
		flag("unsignaled", false, func(o *Op) *bool { return &o.Work.Unsignaled }, "no completion is asked for"),
		word("fault", "none", []string{"none", "rkey", "lkey", "bounds", "qkey"}, func(o *Op) *string { return &o.Work.Fault },
			"what is wrong with it: a key that nobody has, or a WRITE that leaves the region"),
	}},
	{verb: Modify, doc: "modify_qp to another state", keys: []param{theQP, at, must(word("state", "", states, func(o *Op) *string { return &o.State }, "where to go"))}},
	{verb: Destroy, doc: "destroy_qp", keys: []param{theQP, at}},
	{verb: SRQLimit, doc: "ask for SRQ_LIMIT_REACHED once fewer receives wait in the container's shared receive queue", keys: []param{theQP, at,
		must(number("limit", 0, 0, 1<<15-1, func(o *Op) *int { return &o.Limit }, "how many; 0 = never"))}},
	{verb: Address, doc: "datagrams of a queue pair of type ud go to that NIC from now on: a new address handle", keys: []param{theQP, at, to}},
	{verb: ResizeCQ, doc: "resize_cq of the container's completion queue; golden NICs only", keys: []param{theQP, at,
		must(number("entries", 64, 1, 1<<15, func(o *Op) *int { return &o.Entries }, "completions it is to hold; fewer than its queue pairs may have at a time make it overrun"))}},
	{verb: Run, doc: "let time pass", places: []param{must(cycles("time", "", func(o *Op) *Cycles { return &o.Time }, "how long"))}},
	{verb: Idle, doc: "let time pass until nothing was sent or completed for longer than any timer of the story",
		keys: []param{cycles("limit", "5000000us", func(o *Op) *Cycles { return &o.Time }, "it is an error if that takes longer")}},

	{verb: Drop, doc: "lose packets", keys: linkKeys},
	{verb: Dup, doc: "let packets arrive twice", keys: linkKeys},
	{verb: Delay, doc: "let packets be late", keys: append(linkKeys[:len(linkKeys):len(linkKeys)],
		must(cycles("by", "", func(o *Op) *Cycles { return &o.Time }, "how late")))},
	{verb: Corrupt, doc: "flip a bit of packets", keys: append(linkKeys[:len(linkKeys):len(linkKeys)],
		number("bit", 0, 0, 31999, func(o *Op) *int { return &o.Frames.Bit }, "which, from the start of the UDP header; taken modulo the frame"))},
	{verb: Mark, doc: "a switch with a long queue marks packets that may be marked: congestion experienced", keys: linkKeys},
	{verb: Faults, doc: "random faults of a link from now on, in 1000 packets", keys: []param{from, to,
		number("loss", 0, 0, 1000, func(o *Op) *int { return &o.Chance.Loss }, "lost"),
		number("dup", 0, 0, 1000, func(o *Op) *int { return &o.Chance.Dup }, "twice"),
		number("reorder", 0, 0, 1000, func(o *Op) *int { return &o.Chance.Reorder }, "late, so that others overtake"),
		number("corrupt", 0, 0, 1000, func(o *Op) *int { return &o.Chance.Corrupt }, "with a bit flipped"),
		number("mark", 0, 0, 1000, func(o *Op) *int { return &o.Chance.Mark }, "marked: congestion experienced"),
		cycles("by", "4us", func(o *Op) *Cycles { return &o.Time }, "the most a packet is late"),
	}},
	{verb: Attack, doc: "a machine of its own attacks an end of a connection, from now on until it has sent its packets",
		places: []param{theNIC}, keys: []param{theQP,
			nicName("to", func(o *Op) *string { return &o.To }, "the NIC it attacks: where the end is, or will be"),
			word("end", "b", []string{"a", "b"}, func(o *Op) *string { return &o.Attack.End }, "the end it attacks"),
			word("knowledge", "observer", fabric.KnowledgeNames, func(o *Op) *string { return &o.Attack.Knowledge }, "what it knows: IP addresses; QPNs too; PSNs and epochs too, from packets it reads; the migration key too"),
			must(word("strategy", "", fabric.StrategyNames, func(o *Op) *string { return &o.Attack.Strategy }, "what it sends: NAK_STOPPED, RESUME, REDIRECT, STALE, RESUME_ACK, recorded packets, ACK, NAK, SEND, READ response or ATOMIC ACKNOWLEDGE")),
			number("rate", 1, 1, 64, func(o *Op) *int { return &o.Attack.Rate }, "packets each window, which is about 1us"),
			number("every", 1, 1, 1<<20, func(o *Op) *int { return &o.Attack.Every }, "it sends in one of so many windows"),
			number("count", 1000, 1, 1<<20, func(o *Op) *int { return &o.Attack.Count }, "packets it sends at all"),
			flag("filtered", false, func(o *Op) *bool { return &o.Attack.Filtered }, "the network lets it send from its own address only"),
		}},
	{verb: Manual, doc: "from now on every packet is held, and NICs send requests and responses and let timers run out only when told, until auto; before the first qp; golden NICs only"},
	{verb: Auto, doc: "deliver all that is held, in the order it was sent, and let network and NICs go on by themselves"},
	{verb: Hold, doc: "hold packets until they are delivered or lost", keys: linkKeys},
	{verb: Deliver, doc: "a packet that is held arrives", keys: heldKeys},
	{verb: Repeat, doc: "hold a packet that is held a second time", keys: heldKeys},
	{verb: Lose, doc: "a packet that is held is lost", keys: heldKeys},
	{verb: Send, doc: "under manual: the next request packet of a queue pair", keys: []param{theQP, at}},
	{verb: Respond, doc: "under manual: the next response packet of a queue pair", keys: []param{theQP, at}},
	{verb: Expire, doc: "under manual: the timer of a queue pair runs out", keys: []param{theQP, at}},
	{verb: Crash, doc: "a host is gone for good, and its links are dead", places: []param{theNIC}},

	{verb: Stall, doc: "stop the container of a queue pair where it stands: R1", keys: []param{theQP, at}},
	{verb: Move, doc: "dump the stopped container, copy its memory, restore it elsewhere, not yet activated: R5", keys: []param{theQP, from, to}},
	{verb: Resume, doc: "activate what was moved here: R6", keys: []param{theQP, at}},
	{verb: Forward, doc: "tell the tombstone, or a copy that is given up, where its container is: R10a", keys: []param{theQP, at, to}},
	{verb: Release, doc: "wait until every RESUME of the container is acknowledged, then destroy the tombstone: R10a", keys: []param{theQP, at}},
	{verb: Rollback, doc: "reactivate the tombstone in place: R10", keys: []param{theQP, at}},
	{verb: Close, doc: "destroy a container, or a copy of it", keys: []param{theQP, at}},

	{verb: ExpectWC, doc: "completions so far", keys: []param{theQP, at, wantN, wantMin,
		word("op", "any", append([]string{"any", "recv"}, works...), func(o *Op) *string { return &o.Want.Kind }, "of these work requests"),
		word("status", "SUCCESS", statuses, func(o *Op) *string { return &o.Want.Status }, "with this status"),
		word("vendor", "NONE", vendors, func(o *Op) *string { return &o.Want.Vendor }, "and this vendor syndrome"),
	}},
	{verb: ExpectState, doc: "the queue pair's state now", keys: []param{theQP, at, must(word("is", "", states, func(o *Op) *string { return &o.State }, "the state"))}},
	{verb: ExpectData, doc: "every message is there, byte for byte, once, in order, with its completions, and nothing else", keys: []param{theQP}},
	{verb: ExpectCounter, doc: "a counter of a NIC", keys: []param{at, must(word("name", "", counters, func(o *Op) *string { return &o.Want.Name }, "the counter")), wantN, wantMin}},
	{verb: ExpectEvent, doc: "asynchronous events of a queue pair so far", keys: []param{theQP, at,
		must(word("name", "", events, func(o *Op) *string { return &o.Want.Name }, "the event")), wantN, wantMin}},
	{verb: ExpectPartner, doc: "where the queue pair takes its partner to be", keys: []param{theQP, at,
		nicName("is", func(o *Op) *string { return &o.To }, "the NIC, or the attacker")}},
	{verb: ExpectSettled, doc: "no end of the connection is stopped or paused, or still announces itself; P4", keys: []param{theQP}},
	{verb: ExpectRetries, doc: "retries that the queue pair has left", keys: []param{theQP, at, wantN, wantMin}},
	{verb: ExpectPackets, doc: "packets sent so far, lost ones too", keys: []param{from, to, packet, wantN, wantMin}},
}

var connKeys = []param{
	number("with", 0, 0, 99, func(o *Op) *int { return &o.Conn.With }, "share the containers of this connection, as far as the ends are at the same NICs; 0 = none"),
	word("type", "rc", []string{"rc", "uc", "ud"}, func(o *Op) *string { return &o.Conn.Type }, "the transport; the ends of ud have an address handle of each other's NIC"),
	flag("srq", false, func(o *Op) *bool { return &o.Conn.SRQ }, "its ends take their receives from the shared receive queue of their container"),
	flag("ecn", false, func(o *Op) *bool { return &o.Conn.ECN }, "switches may mark what it sends"),
	{name: "mtu", def: "1024", want: "one of 256 512 1024 2048 4096", doc: "path MTU",
		set: func(o *Op, text string) bool {
			for m := 256; m <= 4096; m *= 2 {
				if fmt.Sprint(m) == text {
					o.Conn.MTU = m
					return true
				}
			}
			return false
		},
		get: func(o *Op) string { return fmt.Sprint(o.Conn.MTU) }},
	number("timeout", 5, 0, 16, func(o *Op) *int { return &o.Conn.Timeout }, "ACK timeout, 4.096us x 2^timeout; 0 = never"),
	number("retry", 7, 0, 7, func(o *Op) *int { return &o.Conn.Retry }, "retries"),
	number("rnr", 7, 0, 7, func(o *Op) *int { return &o.Conn.RNR }, "RNR retries; 7 = without end"),
	number("minrnr", 1, 0, 31, func(o *Op) *int { return &o.Conn.MinRNR }, "RNR timer code"),
	number("lease", 32, 1, 65535, func(o *Op) *int { return &o.Conn.Lease }, "ticks between probes"),
	number("announce", 32, 1, 65535, func(o *Op) *int { return &o.Conn.Announce }, "ticks between RESUMEs"),
	number("probes", 255, 0, 255, func(o *Op) *int { return &o.Conn.Probes }, "probes before MIGRATION_LOST"),
	number("resumes", 255, 0, 255, func(o *Op) *int { return &o.Conn.Resumes }, "RESUMEs before MIGRATION_LOST"),
	number("acks", 1, 1, 255, func(o *Op) *int { return &o.Conn.Acks }, "requests that one acknowledgement may answer"),
	number("depth", 64, 1, 1024, func(o *Op) *int { return &o.Conn.Depth }, "work requests a queue holds"),
	number("mem", 65536, 64, 1<<24, func(o *Op) *int { return &o.Conn.Mem }, "bytes of each of an end's three regions: to send from, to receive in, to be written to"),
	number("psna", 0, 0, 1<<24-1, func(o *Op) *int { return &o.Conn.PSNA }, "first PSN that end A sends"),
	number("psnb", 0, 0, 1<<24-1, func(o *Op) *int { return &o.Conn.PSNB }, "first PSN that end B sends"),
	partition("pkeya", func(o *Op) *int { return &o.Conn.PKeyA }, "partition key of end A: bit 15 makes it a full member, and one of both ends is, or nothing arrives"),
	partition("pkeyb", func(o *Op) *int { return &o.Conn.PKeyB }, "partition key of end B"),
	hexKey("keya", func(o *Op) *string { return &o.Conn.KeyA }, "migration key of end A"),
	hexKey("keyb", func(o *Op) *string { return &o.Conn.KeyB }, "migration key of end B"),
	number("rdatomic", 4, 1, 16, func(o *Op) *int { return &o.Conn.RdAtomic }, "READs and atomics that an end may have outstanding"),
	word("receiver", "none", []string{"none", "a", "b"}, func(o *Op) *string { return &o.Conn.Receiver }, "the end that stays in RTR and sends nothing"),
	flag("equal", false, func(o *Op) *bool { return &o.Conn.Equal }, "both queue pairs have the same number; the ends never meet at one NIC"),
	flag("capable", true, func(o *Op) *bool { return &o.Conn.Capable }, "the migration protocol is agreed"),
	flag("pinned", false, func(o *Op) *bool { return &o.Conn.Pinned }, "the partner's address must not change"),
}
