package explore

import "github.com/godwit-rdma/godwit/model/abi"

// Messages of the worlds.
var (
	one, two, long = sends(1), sends(2), sends(3)
	fenced         = Message{Op: abi.WROpcodeSend, Packets: 1, Fence: true}
	imm            = Message{Op: abi.WROpcodeSendImm, Packets: 1}
	writeImm       = Message{Op: abi.WROpcodeRDMAWriteImm, Packets: 2}
	nothing        = Message{Op: abi.WROpcodeSend, Packets: 1, Empty: true}
	readNothing    = Message{Op: abi.WROpcodeRDMARead, Packets: 1, Empty: true}
	write          = Message{Op: abi.WROpcodeRDMAWrite, Packets: 3}
	write1         = Message{Op: abi.WROpcodeRDMAWrite, Packets: 1}
	read1, read2   = Message{Op: abi.WROpcodeRDMARead, Packets: 1}, Message{Op: abi.WROpcodeRDMARead, Packets: 2}
	add, swap      = Message{Op: abi.WROpcodeFetchAdd, Packets: 1}, Message{Op: abi.WROpcodeCmpSwap, Packets: 1}
)

func sends(packets int) Message { return Message{Op: abi.WROpcodeSend, Packets: packets} }

// ends are two ends: end 0 at the given places, end 1 at place 3, each with its work.
func ends(work0, work1 []Message, places ...uint8) []End {
	return []End{{Work: work0, Places: places}, {Work: work1, Places: []uint8{3}}}
}

// work is what an end sends.
func work(m ...Message) []Message { return m }

// three are the ends of a world of three containers: one with two queue pairs at hosts a and b, whose partners at x and u
// send it what they have. The second partner moves, too, if there is more than one place for it.
func three(work1, work2 []Message, places ...uint8) []End {
	return []End{{Places: []uint8{0, 1}}, {Work: work1, Places: []uint8{3}}, {Places: []uint8{6, 7}}, {Work: work2, Places: places}}
}

// threeBack are three whose container writes to the partner that moves.
func threeBack() []End {
	e := three(work(one), work(one), 9, 10)
	e[2].Work = work(write1)
	return e
}

// bothSend are ends that move and send, and are alike.
func bothSend() []End {
	e := ends(work(one), work(one), 0, 1)
	e[1].Places = []uint8{3, 4}
	return e
}

// Worlds are all worlds, in the order of --list.
func Worlds() []World {
	receiver := ends(nil, work(two), 0, 1)
	receiver[0].Receiver = true
	both := ends(work(one), nil, 0, 1)
	both[1].Places = []uint8{3, 4}
	return append([]World{
		{Name: "still", Doc: "nobody moves; a SEND of two packets and a WRITE of one meet a SEND; one loss, one repetition",
			Ends: ends(work(two, write1), work(one), 0), Losses: 1, Dups: 1, Air: 2},
		{Name: "idle", Doc: "an end moves and there is nothing to send; one loss; attribute timeout is 0",
			Ends: ends(nil, nil, 0, 1), Losses: 1, Air: 2, NoTimeout: true},
		{Name: "move", Doc: "an end moves while both send; one loss; tombstones are released",
			Ends: ends(work(two), work(one), 0, 1), Losses: 1, Air: 2, Releases: true},
		{Name: "late", Doc: "an end moves while it is sent to; one repetition, one early timer",
			Ends: ends(nil, work(one, one), 0, 1), Dups: 1, Early: 1, Air: 2},
		{Name: "receiver", Doc: "a receiver that stays in RTR moves; one loss, one repetition",
			Ends: receiver, Losses: 1, Dups: 1, Air: 2},
		{Name: "write", Doc: "the target of a WRITE of three packets moves; one loss",
			Ends: ends(nil, work(write), 0, 1), Losses: 1, Air: 2},
		{Name: "source", Doc: "the source of a SEND of three packets moves; one loss",
			Ends: ends(work(long), nil, 0, 1), Losses: 1, Air: 2},
		{Name: "wrap", Doc: "an end moves while what it is sent passes PSN 0xffffff; two early timers",
			Ends: ends(nil, work(one, one), 0, 1), Early: 2, Air: 2, FirstPSN: [2]uint32{0, 0xfffffe}},
		{Name: "chain", Doc: "an end moves twice while it is sent to; one repetition",
			Ends: ends(nil, work(one), 0, 1, 2), Dups: 1, Air: 2},
		{Name: "home", Doc: "an end moves away and back while it sends; one repetition",
			Ends: ends(work(one), nil, 0, 1, 0), Dups: 1, Air: 2},
		{Name: "both", Doc: "both ends move, one sends; one loss", Ends: both, Losses: 1, Air: 2},
		{Name: "twins", Doc: "both ends move, and both send; the ends are alike",
			Ends: bothSend(), Air: 2},
		{Name: "equal", Doc: "both ends have the same queue pair number, and one moves",
			Ends: ends(work(one), work(one), 0, 1), Air: 2, SameQPN: true},
		{Name: "rollback", Doc: "an end is stopped, loaded elsewhere perhaps, and moved or rolled back; one repetition",
			Ends: ends(nil, work(one), 0, 1), Dups: 1, Air: 2, Rollbacks: true},
		{Name: "again", Doc: "an end is stopped once and rolled back in place while it is sent to; one repetition; the partner probes twice only",
			Ends: ends(nil, work(two, one), 0), Dups: 1, Air: 2, Aborts: 1, Probes: 2},
		{Name: "probe", Doc: "as again, with two packets and one probe",
			Ends: ends(nil, work(two), 0), Dups: 1, Air: 2, Aborts: 1, Probes: 1},
		{Name: "abort", Doc: "an end is stopped twice, has nowhere to go, and is rolled back in place; one repetition",
			Ends: ends(work(one), nil, 0), Dups: 1, Air: 2, Aborts: 2},
		{Name: "crash", Doc: "an end moves, and one host dies at any time",
			Ends: ends(work(one), work(one), 0, 1), Air: 1, Crashes: 1, Rollbacks: true},
		{Name: "zombie", Doc: "a driver that is wrong rolls the source back although its successor is active; both may send",
			Ends: ends(work(one), work(one), 0, 1), Air: 2, Zombies: 1},
		{Name: "usurper", Doc: "as zombie, and only the end that moves sends, two messages",
			Ends: ends(work(one, one), nil, 0, 1), Air: 2, Zombies: 1},
		{Name: "silenced", Doc: "as zombie, and the end that moves has nothing to send",
			Ends: ends(nil, work(one), 0, 1), Air: 2, Zombies: 1},
		{Name: "zombie-ask", Doc: "as zombie, and the end that moves does a FETCH_ADD",
			Ends: ends(work(add), work(one), 0, 1), Air: 2, Zombies: 1},
		{Name: "zombie-idle", Doc: "as zombie, and nobody has anything to send; one loss",
			Ends: ends(nil, nil, 0, 1), Losses: 1, Air: 2, Zombies: 1},
		{Name: "read", Doc: "the target of a READ of two packets and a SEND moves; links keep their order; one loss",
			Ends: ends(nil, work(read2, one), 0, 1), Losses: 1, Air: 2, InOrder: true},
		{Name: "reader", Doc: "an end moves while it READs two packets and is sent to; one loss",
			Ends: ends(work(read2), work(one), 0, 1), Losses: 1, Air: 2},
		{Name: "atomic", Doc: "the target of two FETCH_ADDs moves; links keep their order; one loss, one repetition",
			Ends: ends(nil, work(add, add), 0, 1), Losses: 1, Dups: 1, Air: 2, InOrder: true},
		{Name: "swapper", Doc: "an end moves away and back while it does two CMP_SWAPs; links keep their order; one repetition",
			Ends: ends(work(swap, swap), nil, 0, 1, 0), Dups: 1, Air: 2, InOrder: true},
		{Name: "fence", Doc: "an end moves while it does a FETCH_ADD, and a SEND that waits for it; one loss, one repetition",
			Ends: ends(work(add, fenced), nil, 0, 1), Losses: 1, Dups: 1, Air: 2},
		{Name: "immediate", Doc: "the target of a WRITE of two packets with immediate data moves, and of a SEND with such; one loss",
			Ends: ends(nil, work(writeImm, imm), 0, 1), Losses: 1, Air: 2},
		{Name: "empty", Doc: "an end moves while it READs nothing and is sent nothing; one loss, one repetition",
			Ends: ends(work(readNothing), work(nothing), 0, 1), Losses: 1, Dups: 1, Air: 2},
		{Name: "late-receive", Doc: "an end whose receives are posted one at a time, as late as may be, moves while it is sent to; one loss",
			Ends: ends(nil, work(one, imm), 0, 1), Losses: 1, Air: 2, Late: 2},
		{Name: "late-again", Doc: "as late-receive, and the end is stopped twice and rolled back in place; one repetition",
			Ends: ends(nil, work(one), 0), Dups: 1, Air: 2, Aborts: 2, Late: 1},
		{Name: "three", Doc: "a container with two queue pairs on one shared receive queue moves while two partners send to it; one receive is posted late; links keep their order; one loss",
			Ends: three(work(one), work(one), 9), Losses: 1, Air: 2, SRQ: true, Late: 1, InOrder: true},
		{Name: "three-move", Doc: "as three, and one of the partners moves, too; all receives are there; links keep their order",
			Ends: three(work(one), work(one), 9, 10), Air: 1, SRQ: true, InOrder: true},
		{Name: "credits", Doc: "an end that may have one READ outstanding moves while it does two; one loss",
			Ends: ends(work(read1, read1), nil, 0, 1), Losses: 1, Air: 2, Credits: 1},
		{Name: "read-home", Doc: "an end moves away and back while it READs; one repetition",
			Ends: ends(work(read1), nil, 0, 1, 0), Dups: 1, Air: 2},
	}, deep()...)
}

// deep are the worlds that take longer.
func deep() []World {
	bothAsk := ends(work(add), work(read1), 0, 1)
	bothAsk[1].Places = []uint8{3, 4}
	return []World{
		{Name: "chain-huge", Deep: true, Doc: "as chain-deep, with an early timer: more than 1.6 x 10^8 states, which took 43 minutes of processor time and 16 GB",
			Ends: ends(work(one), work(one, one), 0, 1, 2), Losses: 1, Dups: 1, Early: 1, Air: 2, Releases: true},
		{Name: "move-deep", Deep: true, Doc: "as move, with a repetition and an early timer, in any order",
			Ends: ends(work(two), work(one, one), 0, 1), Losses: 1, Dups: 1, Early: 1, Air: 2, Releases: true},
		{Name: "read-deep", Deep: true, Doc: "an end moves while it READs two packets, and a FETCH_ADD and a SEND meet it; links keep their order; one loss, one repetition",
			Ends: ends(work(read2), work(add, one), 0, 1), Losses: 1, Dups: 1, Air: 2, InOrder: true},
		{Name: "chain-deep", Deep: true, Doc: "an end moves twice while both send; tombstones are released; one loss, one repetition",
			Ends: ends(work(one), work(one, one), 0, 1, 2), Losses: 1, Dups: 1, Air: 2, Releases: true},
		{Name: "ask-deep", Deep: true, Doc: "both ends move while one READs and the other does a FETCH_ADD; links keep their order; one loss",
			Ends: bothAsk, Losses: 1, Air: 2, InOrder: true},
		{Name: "three-deep", Deep: true, Doc: "as three, and one of the partners moves, too, and is written to",
			Ends: threeBack(), Losses: 1, Air: 2, SRQ: true, Late: 1, InOrder: true},
		{Name: "both-deep", Deep: true, Doc: "both ends move while both send; one loss",
			Ends: bothSend(), Losses: 1, Air: 2},
		{Name: "rollback-deep", Deep: true, Doc: "as rollback, with a loss",
			Ends: ends(work(one), work(one), 0, 1), Losses: 1, Dups: 1, Air: 2, Rollbacks: true},
	}
}
