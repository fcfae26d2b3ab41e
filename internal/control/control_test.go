package control_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/control"
	"github.com/godwit-rdma/godwit/internal/live"
)

// nics are two NICs on one hub and a standby for the first, each with a control socket, whose paths are returned.
func nics(t *testing.T) (paths []string) {
	t.Helper()
	hub := live.NewHub()
	t.Cleanup(func() { hub.Close() })
	for i, c := range []struct {
		ip      string
		standby bool
	}{{"10.0.0.1", false}, {"10.0.0.2", false}, {"10.0.0.1", true}, {"10.0.0.4", false}} {
		name := fmt.Sprint("n", i)
		n, err := live.Open(live.Config{
			Name: name, Attachment: hub.Port(name), IP: netip.MustParseAddr(c.ip), MAC: live.MAC{2, 0, 0, 0, 0, byte(i)}, Standby: c.standby,
			Memory: 256 << 10,
		})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), name)
		l, err := live.ListenUnix(path)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- control.Serve(ctx, n, l) }()
		t.Cleanup(func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("serve: %v", err)
			}
			n.Close()
		})
		paths = append(paths, path)
	}
	return paths
}

// ask sends a request, whose format is that of fmt.Sprintf, and returns the answer.
func ask(t *testing.T, path, format string, args ...any) string {
	t.Helper()
	c, err := control.Dial(path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	line, err := c.Send(fmt.Appendf(nil, format, args...))
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

// must is ask, of which the answer has to have something in it.
func must(t *testing.T, want, path, format string, args ...any) string {
	t.Helper()
	a := ask(t, path, format, args...)
	if !strings.Contains(a, want) {
		t.Fatalf("%s\n%s, want %s", fmt.Sprintf(format, args...), a, want)
	}
	return a
}

// address is the result of create.
func address(t *testing.T, answer string) (a live.Address, text string) {
	t.Helper()
	var x struct{ Result json.RawMessage }
	if err := json.Unmarshal([]byte(answer), &x); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(x.Result, &a); err != nil {
		t.Fatal(err)
	}
	return a, string(x.Result)
}

const done = `"ok":true`

// pair connects a queue pair of the first NIC with one of the second.
func pair(t *testing.T, p []string, more string) (a, b live.Address) {
	t.Helper()
	a, at := address(t, must(t, done, p[0], `{"do":"create"}`))
	b, bt := address(t, must(t, done, p[1], `{"do":"create","depth":16,"buffer":4096}`))
	must(t, done, p[0], `{"do":"connect","qp":%d,"peer":%s%s}`, a.QPN, bt, more)
	must(t, done, p[1], `{"do":"init","qp":%d}`, b.QPN)
	must(t, done, p[1], `{"do":"recv","qp":%d,"wrs":[{"wr":7,"offset":64,"length":64}]}`, b.QPN)
	must(t, done, p[1], `{"do":"connect","qp":%d,"peer":%s%s}`, b.QPN, at, more)
	return a, b
}

func TestConversation(t *testing.T) {
	p := nics(t)
	a, b := pair(t, p, `,"mtu":512,"retry":3`)
	must(t, `"state":"RTS","peer":"10.0.0.2"`, p[0], `{"do":"query","qp":%d}`, a.QPN)
	must(t, done, p[0], `{"do":"write","qp":%d,"text":"hello godwit"}`, a.QPN)
	must(t, done, p[0], `{"do":"fault","name":"first send","dir":"out","action":"drop","opcode":"SEND_ONLY"}`)
	must(t, done, p[0], `{"do":"post","qp":%d,"wrs":[{"wr":1,"op":"send","length":12},`+
		`{"wr":2,"op":"rdma_read","offset":100,"length":12,"va":%d,"rkey":%d},`+
		`{"wr":3,"op":"FETCH_ADD","offset":200,"length":8,"va":%d,"rkey":%d,"swap":9,"fence":true}]}`,
		a.QPN, b.VA+64, b.RKey, b.VA, b.RKey)
	must(t, `"wr":7,"status":"SUCCESS","opcode":"RECV","bytes":12`, p[1], `{"id":"x","do":"poll","qp":%d}`, b.QPN)
	must(t, `"wr":3,"status":"SUCCESS"`, p[0], `{"do":"poll","qp":%d,"count":3}`, a.QPN)
	must(t, `"text":"hello godwit"`, p[0], `{"do":"read","qp":%d,"offset":100,"length":12}`, a.QPN)
	must(t, `"hex":"0900000000000000"`, p[1], `{"do":"read","qp":%d,"length":8}`, b.QPN)
	must(t, `{"id":5,"ok":true,"result":{"unused":[]}}`, p[0], `{"id":5,"do":"clear_faults"}`)
	must(t, `"result":[]`, p[0], `{"do":"poll","qp":%d,"wait":"1ms"}`, a.QPN)
	must(t, `"RETRANSMITS":`, p[0], `{"do":"stats"}`)
	must(t, `"path_mtu":1024`, p[0], `{"do":"info"}`)
	must(t, done, p[0], `{"do":"chance","dir":"in","loss":1}`)
	must(t, done, p[0], `{"do":"resolve","ip":"10.0.0.2"}`)
	must(t, done, p[0], `{"do":"destroy","qp":%d}`, a.QPN)
	must(t, `queue pair 256 is not here`, p[0], `{"do":"query","qp":%d}`, a.QPN)
}

// TestDatagrams: queue pairs of type UD have no partner, and one of type UC has.
func TestDatagrams(t *testing.T) {
	p := nics(t)
	a, _ := address(t, must(t, done, p[0], `{"do":"create","type":"ud"}`))
	b, _ := address(t, must(t, done, p[1], `{"do":"create","type":"UD"}`))
	must(t, done, p[0], `{"do":"connect","qp":%d,"qkey":5}`, a.QPN)
	must(t, done, p[1], `{"do":"connect","qp":%d,"qkey":7}`, b.QPN)
	must(t, done, p[1], `{"do":"recv","qp":%d,"wrs":[{"length":64}]}`, b.QPN)
	must(t, done, p[0], `{"do":"write","qp":%d,"text":"telegram"}`, a.QPN)
	must(t, done, p[0], `{"do":"post","qp":%d,"to":{"ip":"10.0.0.2","qpn":%d,"qkey":7},"wrs":[{"op":"SEND","length":8}]}`, a.QPN, b.QPN)
	must(t, fmt.Sprintf(`"bytes":48,"src_qpn":%d`, a.QPN), p[1], `{"do":"poll","qp":%d}`, b.QPN)
	must(t, `"text":"telegram"`, p[1], `{"do":"read","qp":%d,"offset":40,"length":8}`, b.QPN)
	must(t, `"type":"UD","state":"RTS"`, p[0], `{"do":"query","qp":%d}`, a.QPN)
	must(t, done, p[0], `{"do":"create","type":"UC"}`)
	must(t, `there is no type \"RD\" of queue pairs, only RC, UC and UD`, p[0], `{"do":"create","type":"RD"}`)
}

// TestLists: a work request gathers from several pieces of the buffer, or has its bytes in the queue; a receive scatters.
func TestLists(t *testing.T) {
	p := nics(t)
	a, at := address(t, must(t, done, p[0], `{"do":"create","send_sges":3,"inline":64}`))
	b, bt := address(t, must(t, done, p[1], `{"do":"create","recv_sges":2}`))
	must(t, done, p[1], `{"do":"init","qp":%d}`, b.QPN)
	must(t, done, p[1], `{"do":"recv","qp":%d,"wrs":[{"wr":1,"sges":[{"offset":100,"length":4},{"offset":200,"length":60}]},{"wr":2,"offset":300,"length":60}]}`, b.QPN)
	must(t, done, p[0], `{"do":"connect","qp":%d,"peer":%s}`, a.QPN, bt)
	must(t, done, p[1], `{"do":"connect","qp":%d,"peer":%s}`, b.QPN, at)
	must(t, done, p[0], `{"do":"write","qp":%d,"text":"one two three"}`, a.QPN)
	must(t, done, p[0], `{"do":"post","qp":%d,"wrs":[{"wr":5,"op":"SEND","sges":[{"offset":8,"length":5},{"offset":0,"length":3},{"offset":3,"length":4}]},`+
		`{"wr":6,"op":"SEND","inline":true,"sges":[{"offset":4,"length":3},{"offset":0,"length":3}]}]}`, a.QPN)
	must(t, done, p[0], `{"do":"write","qp":%d,"text":"too late"}`, a.QPN)
	must(t, `"wr":1,"status":"SUCCESS","opcode":"RECV","bytes":12`, p[1], `{"do":"poll","qp":%d,"count":2}`, b.QPN)
	must(t, `"text":"thre"`, p[1], `{"do":"read","qp":%d,"offset":100,"length":4}`, b.QPN)
	must(t, `"text":"eone two"`, p[1], `{"do":"read","qp":%d,"offset":200,"length":8}`, b.QPN)
	must(t, `"text":"twoone"`, p[1], `{"do":"read","qp":%d,"offset":300,"length":6}`, b.QPN)
	must(t, `both sges and offset`, p[0], `{"do":"post","qp":%d,"wrs":[{"op":"SEND","length":1,"sges":[{"length":1}]}]}`, a.QPN)
	must(t, `65 bytes inline, the queue has room for`, p[0], `{"do":"post","qp":%d,"wrs":[{"op":"SEND","inline":true,"length":65}]}`, a.QPN)
	must(t, `17 and 0 buffers`, p[0], `{"do":"create","send_sges":17}`)
}

// TestShared: two queue pairs take from one shared receive queue, which tells when it runs low, and moves with them.
func TestShared(t *testing.T) {
	p := nics(t)
	must(t, `"srq":0,"va":4294967296,"size":4096,"waiting":0,"limit":0`, p[1], `{"do":"create_srq","depth":7,"buffer":4096}`)
	must(t, done, p[1], `{"do":"recv","srq":0,"wrs":[{"wr":1,"length":64},{"wr":2,"offset":64,"length":64},{"wr":3,"offset":128,"length":64}]}`)
	var from, to []live.Address
	for range 2 {
		a, at := address(t, must(t, done, p[0], `{"do":"create"}`))
		b, bt := address(t, must(t, done, p[1], `{"do":"create","srq":0}`))
		must(t, done, p[0], `{"do":"connect","qp":%d,"peer":%s,"migration":true}`, a.QPN, bt)
		must(t, done, p[1], `{"do":"connect","qp":%d,"peer":%s,"migration":true}`, b.QPN, at)
		from, to = append(from, a), append(to, b)
	}
	must(t, done, p[1], `{"do":"modify_srq","srq":0,"limit":2}`)
	must(t, `"waiting":3,"limit":2`, p[1], `{"do":"query_srq","srq":0}`)
	send := func(i int, text string) {
		must(t, done, p[0], `{"do":"write","qp":%d,"text":%q}`, from[i].QPN, text)
		must(t, done, p[0], `{"do":"post","qp":%d,"wrs":[{"op":"SEND","length":%d}]}`, from[i].QPN, len(text))
		must(t, done, p[0], `{"do":"poll","qp":%d}`, from[i].QPN)
	}
	send(1, "first")
	must(t, `"wr":1,"status":"SUCCESS"`, p[1], `{"do":"poll","qp":%d}`, to[1].QPN)
	send(0, "second")
	must(t, `"wr":2,"status":"SUCCESS"`, p[1], `{"do":"poll","qp":%d}`, to[0].QPN)
	must(t, `{"event":"SRQ_LIMIT_REACHED","srq":0}`, p[1], `{"do":"events"}`)
	must(t, `"text":"second"`, p[1], `{"do":"read","srq":0,"offset":64,"length":6}`)
	must(t, `QP 256 uses it: busy (EBUSY)`, p[1], `{"do":"destroy_srq","srq":0}`)
	must(t, done, p[1], `{"do":"migrate","container":0,"to":%q}`, p[3])
	send(0, "third")
	must(t, `"wr":3,"status":"SUCCESS"`, p[3], `{"do":"poll","qp":%d}`, to[0].QPN)
	must(t, `"text":"third"`, p[3], `{"do":"read","srq":0,"offset":128,"length":5}`)
	must(t, done, p[3], `{"do":"destroy","qp":%d}`, to[0].QPN)
	must(t, done, p[3], `{"do":"destroy","qp":%d}`, to[1].QPN)
	must(t, done, p[3], `{"do":"destroy_srq","srq":0}`)
	must(t, `shared receive queue 0 is not here`, p[3], `{"do":"query_srq","srq":0}`)
	must(t, `shared receive queue 9 is not in container 0`, p[0], `{"do":"create","srq":9}`)
	must(t, `say one of qp and srq`, p[0], `{"do":"recv","wrs":[]}`)
}

// TestDrain: a send queue is drained, attributes change, and it goes on.
func TestDrain(t *testing.T) {
	p := nics(t)
	a, b := pair(t, p, "")
	must(t, done, p[0], `{"do":"post","qp":%d,"wrs":[{"wr":1,"op":"SEND","length":5}]}`, a.QPN)
	must(t, done, p[0], `{"do":"modify","qp":%d,"state":"SQD","en_sqd_async_notify":true}`, a.QPN)
	must(t, fmt.Sprintf(`{"event":"SQ_DRAINED","qp":%d}`, a.QPN), p[0], `{"do":"events"}`)
	must(t, `"state":"SQD"`, p[0], `{"do":"query","qp":%d}`, a.QPN)
	must(t, done, p[0], `{"do":"modify","qp":%d,"timeout":10,"retry":2,"rnr_retry":3,"min_rnr":4,"rd_atomic":2,"dest_rd_atomic":2}`, a.QPN)
	must(t, done, p[1], `{"do":"recv","qp":%d,"wrs":[{"wr":8,"length":64}]}`, b.QPN)
	must(t, done, p[0], `{"do":"post","qp":%d,"wrs":[{"wr":2,"op":"SEND","length":5}]}`, a.QPN)
	must(t, `"wr":1,`, p[0], `{"do":"poll","qp":%d}`, a.QPN)
	must(t, `"result":[]`, p[0], `{"do":"poll","qp":%d,"wait":"20ms"}`, a.QPN)
	must(t, done, p[0], `{"do":"modify","qp":%d,"state":"rts"}`, a.QPN)
	must(t, `"wr":2,"status":"SUCCESS"`, p[0], `{"do":"poll","qp":%d}`, a.QPN)
	must(t, `"result":[]`, p[0], `{"do":"events","wait":"1ms"}`)
	must(t, `RTS -> RTS: not allowed: timeout`, p[0], `{"do":"modify","qp":%d,"timeout":3}`, a.QPN)
	must(t, `there is no state \"UP\", only RESET`, p[0], `{"do":"modify","qp":%d,"state":"UP"}`, a.QPN)
	must(t, done, p[0], `{"do":"modify","qp":%d,"state":"ERR"}`, a.QPN)
	must(t, `"state":"ERR"`, p[0], `{"do":"query","qp":%d}`, a.QPN)
}

// TestMigrate: a container goes to the standby of another process's NIC, and its partner, which knows nothing of it,
// goes on.
func TestMigrate(t *testing.T) {
	p := nics(t)
	a, b := pair(t, p, `,"peer_timeout":14,"peer_retry":7`)
	must(t, `must be a standby with the same address`, p[0], `{"do":"migrate","container":0,"to":%q}`, p[3])
	must(t, done, p[0], `{"do":"write","qp":%d,"text":"before"}`, a.QPN)
	must(t, `a pause of 2.1s is expected: a partner would lose its connection`, p[0],
		`{"do":"migrate","container":0,"to":%q,"blackout":"2s","refuse":true}`, p[2])
	must(t, `"stopped":`, p[0], `{"do":"migrate","container":0,"to":%q,"blackout":"20ms","policy":"rnr","wake":true}`, p[2])
	must(t, `queue pair 256 is not here`, p[0], `{"do":"query","qp":%d}`, a.QPN)
	must(t, done, p[2], `{"do":"post","qp":%d,"wrs":[{"wr":1,"op":"SEND","length":6}]}`, a.QPN)
	must(t, `"status":"SUCCESS"`, p[2], `{"do":"poll","qp":%d}`, a.QPN)
	must(t, `"text":"before"`, p[1], `{"do":"read","qp":%d,"offset":64,"length":6}`, b.QPN)
	// Step by step, and back: stopped and rolled back.
	must(t, done, p[2], `{"do":"stop","container":0}`)
	must(t, "stopped for migration", p[2], `{"do":"post","qp":%d,"wrs":[{"op":"SEND"}]}`, a.QPN)
	must(t, `"image":"`, p[2], `{"do":"dump","container":0}`)
	must(t, done, p[2], `{"do":"rollback","container":0}`)
	must(t, `"state":"RTS"`, p[2], `{"do":"query","qp":%d}`, a.QPN)
	must(t, done, p[2], `{"do":"close","container":0}`)
}

// TestMigrateCapable: partners that know the protocol follow a container to another address.
func TestMigrateCapable(t *testing.T) {
	p := nics(t)
	a, b := pair(t, p, `,"migration":true`)
	must(t, done, p[0], `{"do":"migrate","container":0,"to":%q}`, p[3])
	must(t, `"peer":"10.0.0.4"`, p[1], `{"do":"query","qp":%d}`, b.QPN)
	must(t, done, p[3], `{"do":"post","qp":%d,"wrs":[{"wr":1,"op":"SEND","length":6}]}`, a.QPN)
	must(t, `"status":"SUCCESS"`, p[3], `{"do":"poll","qp":%d}`, a.QPN)
}

func TestBadRequests(t *testing.T) {
	p := nics(t)
	for _, test := range []struct{ line, want string }{
		{`hello`, `"error":"no request: invalid character`},
		{`{}`, `there is no request \"\", only create, init, connect`},
		{`{"do":"fly"}`, `there is no request \"fly\"`},
		{`{"do":"info","colour":1}`, `info: json: unknown field \"colour\": invalid argument (EINVAL)","errno":22`},
		{`{"do":"create","container":9}`, `the NIC has room for containers 0 to 3`},
		{`{"do":"create","depth":99999}`, `"errno":22`},
		{`{"do":"connect","qp":1}`, `queue pair 1 is not here`},
		{`{"do":"resolve"}`, `resolve: no ip`},
		{`{"do":"resolve","ip":"10.0.0.99"}`, `10.0.0.99 does not answer ARP on n0`},
		{`{"do":"fault","action":"eat"}`, `there is no fault \"eat\", only [drop duplicate`},
		{`{"do":"chance","dir":"up"}`, `direction \"up\", want in or out`},
		{`{"do":"chance","dir":"in","loss":2000}`, `chances are in 1000`},
		{`{"do":"stop"}`, `container 0 is not here`},
		{`{"do":"restore","snapshot":{}}`, `0 bytes of memory`},
		{`{"do":"poll","qp":1,"wait":"soon"}`, `invalid duration`},
	} {
		a := ask(t, p[0], "%s", test.line)
		if !strings.Contains(a, test.want) || strings.Contains(a, done) {
			t.Errorf("%s\n%s, want %s", test.line, a, test.want)
		}
	}
	a, _ := address(t, must(t, done, p[0], `{"do":"create"}`))
	for _, test := range []struct{ line, want string }{
		{`{"do":"connect","qp":%d}`, `the partner has no address`},
		{`{"do":"connect","qp":%d,"peer_retry":7}`, `peer_timeout and peer_retry go together`},
		{`{"do":"post","qp":%d,"wrs":[{"op":"JUMP"}]}`, `there is no operation \"JUMP\", only RDMA_WRITE`},
		{`{"do":"post","qp":%d,"wrs":[{"op":"SEND"}]}`, `"errno":77`},
		{`{"do":"write","qp":%d,"hex":"0"}`, `odd length`},
		{`{"do":"write","qp":%d,"hex":"00","text":"x"}`, `both hex and text`},
		{`{"do":"read","qp":%d,"offset":65530,"length":60000000}`, `at most 16777216`},
		{`{"do":"poll","qp":%d,"count":-1}`, `want 1 to 65536`},
		{`{"do":"migrate","container":0,"to":"/nowhere"}`, `no NIC listens at /nowhere`},
		{`{"do":"migrate","container":0,"policy":"loud"}`, `only silent and rnr`},
	} {
		line := test.line
		if strings.Contains(line, "%d") {
			line = fmt.Sprintf(line, a.QPN)
		}
		if got := ask(t, p[0], "%s", line); !strings.Contains(got, test.want) || strings.Contains(got, done) {
			t.Errorf("%s\n%s, want %s", line, got, test.want)
		}
	}
}
