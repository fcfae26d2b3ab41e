package specgen

import (
	"strings"
	"unicode"

	"github.com/godwit-rdma/godwit/spec"
)

// goWords are the words that Go identifiers spell in their own way.
var goWords = func() map[string]string {
	m := map[string]string{
		"PKEY": "PKey", "QKEY": "QKey", "RKEY": "RKey", "LKEY": "LKey", "ROCE": "RoCE", "ACKREQ": "AckReq", "MIGREQ": "MigReq",
		"WQE": "WQE", "CQE": "CQE", "TCLASS": "TClass",
	}
	for _, w := range strings.Fields(`QP CQ MR SQ RQ RTR RTS SQD SQE ACK NAK RNR PSN ICRC RX TX CI PI DB RDMA OK QPN
		PD IP UDP MSN EPSN PMTU MTU VA PA SCQN RCQN ID MAC LO HI CMD METH BTH RETH AETH IETH TTL QPC CQC SGE SGL
		RC UC UD SRQ SRQC SRQN DETH CNP ECN GRH NP RP`) {
		m[w] = w
	}
	return m
}()

// goName joins the words of a specification name as Go spells them: rx_seq -> RXSeq.
func goName(n spec.Name) string {
	var b strings.Builder
	for _, w := range strings.Split(string(n), "_") {
		up := strings.ToUpper(w)
		switch {
		case goWords[up] != "":
			b.WriteString(goWords[up])
		case w != up && w != strings.ToLower(w): // already mixed, as AtomicETH
			b.WriteString(w)
		default:
			b.WriteString(title(w))
		}
	}
	return b.String()
}

// camel joins the words of a specification name with no regard to initialisms, the way of the RTL:
// DROP_NO_QP -> DropNoQp, METHKind -> MethKind.
func camel(n spec.Name) string {
	var b strings.Builder
	for _, w := range splitWords(string(n)) {
		b.WriteString(title(w))
	}
	return b.String()
}

// snake joins the words of a name with underscores in lower case: METHKind -> meth_kind, AtomicETH -> atomic_eth.
func snake(n spec.Name) string { return strings.ToLower(strings.Join(splitWords(string(n)), "_")) }

// upper is snake in upper case.
func upper(n spec.Name) string { return strings.ToUpper(snake(n)) }

// splitWords cuts at underscores and at the humps of a mixed name; a run of capitals is one word.
func splitWords(s string) []string {
	var out []string
	for _, part := range strings.Split(s, "_") {
		if part == strings.ToUpper(part) || part == strings.ToLower(part) {
			out = append(out, part)
			continue
		}
		r := []rune(part)
		start := 0
		for i := 1; i < len(r); i++ {
			upHere, upBefore := unicode.IsUpper(r[i]), unicode.IsUpper(r[i-1])
			endsRun := upHere && upBefore && i+1 < len(r) && unicode.IsLower(r[i+1])
			if (upHere && !upBefore) || endsRun {
				out = append(out, string(r[start:i]))
				start = i
			}
		}
		out = append(out, string(r[start:]))
	}
	return out
}

func title(w string) string {
	if w == "" {
		return ""
	}
	return strings.ToUpper(w[:1]) + strings.ToLower(w[1:])
}
