package replay

// Freedom is a difference between the capture and the model that the standard allows, or that is a known habit of the
// implementation which the model need not share. Each is recognised by what makes it one, and counted.
type Freedom string

// Freedoms. Section numbers are those of the InfiniBand architecture, volume 1, release 1.6.
const (
	// NetworkFields: TTL, IP identification, DF, traffic class, flow label, UDP source port and checksum are the
	// network's, not the transport's. RoCEv2 annex A17.4.
	NetworkFields Freedom = "network fields"
	// AckRequest: a requester asks for an acknowledgement when it likes, but at the latest with the last packet of what
	// it waits for. IBTA 9.2.1.9 (AckReq), 9.7.3.
	AckRequest Freedom = "acknowledge request bit"
	// AckCoalescing: one acknowledgement speaks for all before it; the model sends more of them. IBTA 9.7.5.1.2.
	AckCoalescing Freedom = "acknowledgement coalesced"
	// AckUnasked: a duplicate SEND or WRITE was acknowledged although it did not ask. IBTA 9.7.5.1.4 wants an
	// acknowledgement of duplicates, 9.7.5.1.2 lets the responder acknowledge whenever it likes.
	AckUnasked Freedom = "duplicate acknowledged unasked"
	// AckOfDuplicate: the acknowledgement of a duplicate speaks for the request itself and for more or less of what was
	// executed behind it. The model leaves out READs and atomics at the end, Linux those and others, or none. IBTA 9.7.5.1.4.
	AckOfDuplicate Freedom = "acknowledgement of a duplicate speaks for more or less"
	// Credits: the credit count of an acknowledgement is advice. IBTA 9.7.7.2.
	Credits Freedom = "credit field"
	// SequenceAfterRNR: what was sent behind a request that drew an RNR NAK draws a sequence NAK, too. A responder
	// sends one NAK of its ePSN, and whether the RNR NAK was that one is its choice. IBTA 9.7.5.1.3, 9.7.5.2.8.
	SequenceAfterRNR Freedom = "sequence NAK behind RNR NAK"
	// RetransmitInstant: a request was sent again after the time-out of the model's timer. The timer may take up to
	// four times its nominal interval. IBTA 9.7.6.1.3.
	RetransmitInstant Freedom = "instant of retransmission: time-out"
	// RetransmitEarly: a request was sent again before the model's timer ran out, without a NAK: a requester may
	// resend whatever is unacknowledged whenever it likes, for one when responses arrive out of order. IBTA 9.7.6.1.3,
	// 9.7.5.2.5 (implied NAK).
	RetransmitEarly Freedom = "instant of retransmission: before the time-out"
	// RNRInstant: a request was sent again after the wait that an RNR NAK asked for. IBTA 9.7.5.2.8.
	RNRInstant Freedom = "instant of retransmission: RNR"
	// RNREarly: the same, a little before: the sender's clock ticks coarsely (4 ms in Linux). IBTA 9.7.5.2.8 asks for the
	// whole wait; the model keeps it.
	RNREarly Freedom = "instant of retransmission: RNR, early by a tick"
	// ProcessingOrder: the requester sent while responses that were delivered before waited to be looked at. The
	// standard orders neither. IBTA 9.7.5.2.
	ProcessingOrder Freedom = "sent before a delivered response was looked at"
	// SendWindow: more request packets were unacknowledged than the model's window holds. The standard bounds them
	// only by half the PSN space. IBTA 9.7.2.
	SendWindow Freedom = "window of unacknowledged requests"
	// ReadRestart: a READ was asked for again from another of its PSNs than the model's. IBTA 9.7.5.2.7 lets the
	// requester ask for all of it or for what is missing.
	ReadRestart Freedom = "restart point of a READ"
	// ReadOpcodes: the answer to a READ that was asked for again from its middle has MIDDLE where a response begins, or
	// LAST where it is the only packet. A habit of Linux's rxe, not of the standard. IBTA 9.7.4.3.
	ReadOpcodes Freedom = "rxe: READ response without FIRST"
	// RepeatedMSN: a repeated READ response or atomic acknowledgement carries the message count of now, and the model's that
	// of the first time. What a requester does with it is the same. IBTA 9.7.5.1.4, 9.7.7.1.
	RepeatedMSN Freedom = "MSN of a repeated answer"
	// NotGoneBack: a response behind a lost one, or a NAK, did not make the requester go back, for one because it just had. The
	// time-out is there for that. IBTA 9.7.5.2.5, 9.7.5.2.8.
	NotGoneBack Freedom = "implied or repeated NAK not acted upon"
	// ReadAnswerAgain: a repeated READ or atomic makes the model answer again all that it was asked from there on, as a
	// go-back-N asks for it; others answer each when it is asked for again. IBTA 9.7.5.1.4.
	ReadAnswerAgain Freedom = "further answers to repeated READs and atomics"
	// MemoryInstant: a payload has bytes from just before or after a concurrent access of the other direction.
	// Accesses of two queues to the same bytes have no order. IBTA 10.7.6 (ordering and the fence).
	MemoryInstant Freedom = "instant of memory access"
	// MemoryBefore: a payload shows bytes that were in memory before the captures begin, when nothing is known of it.
	MemoryBefore Freedom = "memory from before the captures"
	// LengthError: a SEND longer than its receive was refused with NAK remote operational error and completed as a
	// queue pair operation error. A habit of Linux's rxe; IBTA 9.7.4.1.6 has NAK invalid request and a local length error.
	LengthError Freedom = "rxe: SEND longer than the receive is a remote operational error"
	// EndlessRetry: a retry count of 7 did not end. A habit of Linux's rxe; IBTA 9.7.6.1.3 has 7 retries then, and only an RNR retry
	// count of 7 is without end (9.7.5.2.8).
	EndlessRetry Freedom = "rxe: a retry count of 7 is without end"
	// RetrySpent: retries were used up that the model has left, because a NAK or implied NAK was counted that the model takes for a
	// repetition: the sequence NAK behind an RNR NAK is one. No more than there were of these. IBTA 9.7.6.1.3, 9.7.5.2.8.
	RetrySpent Freedom = "retry spent on a repeated NAK"
	// DepthRounded: more READs and atomics were outstanding than the initiator depth, up to the next power of two. A habit of
	// Linux's rxe; IBTA 9.7.2, 11.2.5.2.
	DepthRounded Freedom = "rxe: initiator depth rounded up to a power of two"
	// LocalCheckLate: a work request with local bytes outside of the region failed when they were needed: at the packet that has them, or
	// when the answer came. When local addresses are checked is the implementation's choice; the model does it before it
	// sends. IBTA 10.7.2.2, 11.6.2.
	LocalCheckLate Freedom = "local address checked when it is needed"
	// AccessOfQP: what a queue pair does not grant was refused as an invalid request, and the model calls it a remote access error.
	// IBTA 9.7.4.1.4 (a function that the queue pair does not support), 9.7.4.1.5 (access rights).
	AccessOfQP Freedom = "access that the queue pair does not grant is an invalid request"
	// ReceiveOfRefused: a WRITE with immediate data that was refused took a receive, which completed with the status that the NAK
	// stands for. A habit of Linux's rxe; IBTA 9.7.4.1.7 (the receive is taken when the message is complete), 10.3.1.7.
	ReceiveOfRefused Freedom = "rxe: a refused WRITE with immediate data takes a receive"
	// AckForAnswer: a READ or atomic was completed by a plain acknowledgement, without the answer. A fault of Linux's rxe; IBTA
	// 9.7.5.2.5 has the requester take it as an implied NAK.
	AckForAnswer Freedom = "rxe: an acknowledgement completes a READ or atomic without its answer"
	// NotPolled: completions of the model that nobody polled in the capture. IBTA 11.4.2.1.
	NotPolled Freedom = "completion not polled"
)

// freedoms are all, in the order of reports.
var freedoms = []struct {
	Freedom
	IBTA string
}{
	{NetworkFields, "A17.4"}, {AckRequest, "9.2.1, 9.7.3"}, {AckCoalescing, "9.7.5.1.2"}, {AckUnasked, "9.7.5.1.4"}, {AckOfDuplicate, "9.7.5.1.4"}, {Credits, "9.7.7.2"},
	{SequenceAfterRNR, "9.7.5.1.3, 9.7.5.2.8"}, {RetransmitInstant, "9.7.6.1.3"}, {RetransmitEarly, "9.7.6.1.3, 9.7.5.2.5"},
	{RNRInstant, "9.7.5.2.8"}, {RNREarly, "9.7.5.2.8"}, {ProcessingOrder, "9.7.5.2"}, {SendWindow, "9.7.2"}, {ReadRestart, "9.7.5.2.7"},
	{ReadOpcodes, "9.7.4.3"}, {RepeatedMSN, "9.7.5.1.4, 9.7.7.1"}, {NotGoneBack, "9.7.5.2.5, 9.7.5.2.8"}, {ReadAnswerAgain, "9.7.5.1.4"}, {MemoryInstant, "10.7.6"}, {MemoryBefore, "-"}, {LengthError, "9.7.4.1.6"}, {EndlessRetry, "9.7.6.1.3"},
	{RetrySpent, "9.7.6.1.3, 9.7.5.2.8"}, {DepthRounded, "9.7.2, 11.2.5.2"}, {LocalCheckLate, "10.7.2.2, 11.6.2"}, {AccessOfQP, "9.7.4.1.4, 9.7.4.1.5"}, {ReceiveOfRefused, "9.7.4.1.7, 10.3.1.7"}, {AckForAnswer, "9.7.5.2.5"}, {NotPolled, "11.4.2.1"},
}
