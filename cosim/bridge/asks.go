package bridge

import "fmt"

// asks is the queue of stimulus items that the device has to answer, oldest first. Answers come in the same order.
type asks struct {
	q    []ask
	head int
}

type ask struct {
	kind  Kind
	frame uint32
	key   uint64
}

// key is what the answer must repeat of the question; RUN has none, for a device may overshoot or stop early.
func (it *Item) key() uint64 {
	switch it.Kind {
	case KindRegRead, KindRegWrite, KindRegData, KindRegDone, KindPing, KindPong:
		return it.Addr
	case KindTestEnd, KindTestDone:
		return uint64(it.Value)
	}
	return 0
}

func (a *asks) ask(it *Item, frame uint32) {
	k := it.key()
	switch it.Kind {
	case KindRun:
		k = it.Cycle
	case KindRegRead, KindRegWrite, KindTestEnd, KindPing:
	default:
		return
	}
	if a.head > 64 && a.head*2 > len(a.q) {
		a.q, a.head = a.q[:copy(a.q, a.q[a.head:])], 0
	}
	a.q = append(a.q, ask{it.Kind, frame, k})
}

// answer removes the question it answers. A text says what is wrong with the answer.
func (a *asks) answer(it *Item) string {
	kind := layouts[it.Kind].answers
	if !it.Kind.Observation() {
		return it.Kind.String() + " travels the other way"
	}
	if kind == 0 {
		return ""
	}
	if a.head == len(a.q) {
		return it.Kind.String() + " without a question"
	}
	q := a.q[a.head]
	if q.kind != kind || (kind != KindRun && q.key != it.key()) {
		return fmt.Sprintf("%v does not answer %v", it, q)
	}
	a.head++
	return ""
}

// oldest describes the first unanswered question, empty when there is none.
func (a *asks) oldest() string {
	if a.head == len(a.q) {
		return ""
	}
	s := a.q[a.head].String()
	if n := len(a.q) - a.head - 1; n > 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	return s
}

func (q ask) String() string {
	switch q.kind {
	case KindRun:
		return fmt.Sprintf("RUN to cycle %d (frame %d)", q.key, q.frame)
	case KindTestEnd:
		return fmt.Sprintf("TEST_END %d (frame %d)", q.key, q.frame)
	}
	return fmt.Sprintf("%v %#x (frame %d)", q.kind, q.key, q.frame)
}
