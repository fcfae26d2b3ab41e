package wire_test

import (
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

func TestString(t *testing.T) {
	send := &wire.Packet{BTH: wire.BTH{Op: abi.OpSendFirst, PKey: 0xffff, DestQPN: 0x11, AckReq: true, PSN: 5}}
	send.SetPayload(make([]byte, 1024))
	odd := sample(abi.OpRDMAWriteOnlyImm, false)
	odd.BTH = wire.BTH{Op: odd.BTH.Op, SE: true, MigReq: true, Pad: 2, TVer: 1, PKey: 0x7fff, Resv8a: 0x80, Resv7: 3, DestQPN: 2, PSN: 1<<24 - 1}
	odd.PadBytes = [3]byte{1, 2}
	ack := func(syndrome uint8, msn uint32) *wire.Packet {
		p := sample(abi.OpAcknowledge, false)
		p.BTH.AckReq = false
		p.AETH = wire.AETH{Syndrome: syndrome, MSN: msn}
		return p
	}
	future := sample(abi.OpMigration, false)
	future.METH = wire.METH{Version: 3, Kind: 9, Resv8: 1}
	for _, c := range []struct {
		p    *wire.Packet
		want string
	}{
		{send, "SEND_FIRST psn=5 qp=0x11 ackreq len=1024"},
		{sample(abi.OpRDMAWriteFirst, false), "RDMA_WRITE_FIRST psn=5 qp=0x11 ackreq va=0x1000000000 rkey=0x1234 dmalen=4096 len=7"},
		{sample(abi.OpRDMAReadRequest, false), "RDMA_READ_REQUEST psn=5 qp=0x11 ackreq va=0x1000000000 rkey=0x1234 dmalen=4096"},
		{sample(abi.OpCmpSwap, false), "CMP_SWAP psn=5 qp=0x11 ackreq va=0x1000000008 rkey=0x1234 swap=0x7 compare=0x9"},
		{sample(abi.OpAtomicAcknowledge, false), "ATOMIC_ACKNOWLEDGE psn=5 qp=0x11 ackreq ACK msn=3 original=0x102030405060708"},
		{sample(abi.OpSendOnlyInv, false), "SEND_ONLY_INV psn=5 qp=0x11 ackreq inv=0x4321 len=7"},
		{odd, "RDMA_WRITE_ONLY_IMM psn=16777215 qp=0x2 se migreq pkey=0x7fff tver=0x01 resv8a=0x80 resv7=0x03" +
			" va=0x1000000000 rkey=0x1234 dmalen=4096 imm=0xcafe len=7 pad=2 padbytes=010200"},
		{ack(0x1f, 3), "ACKNOWLEDGE psn=5 qp=0x11 ACK msn=3"},
		{ack(0x05, 3), "ACKNOWLEDGE psn=5 qp=0x11 ACK credits=5 msn=3"},
		{ack(0x2c, 3), "ACKNOWLEDGE psn=5 qp=0x11 RNR_NAK timer=12 msn=3"},
		{ack(0x3f, 3), "ACKNOWLEDGE psn=5 qp=0x11 RNR_NAK timer=31 msn=3"},
		{ack(0x60, 3), "ACKNOWLEDGE psn=5 qp=0x11 NAK_PSN_SEQ msn=3"},
		{ack(0x65, 0x010007), "ACKNOWLEDGE psn=5 qp=0x11 NAK_STOPPED flags=0x01 epoch=7"},
		{ack(0x47, 3), "ACKNOWLEDGE psn=5 qp=0x11 Syndrome(71) msn=3"},
		{sample(abi.OpMigration, false), "MIGRATION psn=5 qp=0x11 ackreq RESUME flags=0x01 epoch=2 peer_epoch=1 sent=0 epsn=1193046" +
			" addr=10.0.0.1 tag=0x1122334455667788"},
		{future, "MIGRATION psn=5 qp=0x11 ackreq METHKind(9) version=3 flags=0x00 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=:: tag=0x0 resv8=0x1"},
	} {
		if got := c.p.String(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestFormatAddr(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a wire.Addr
		for i := range a {
			// Zeros are what the format is about.
			a[i] = draw(t, rapid.SampledFrom([]byte{0, 0, 0, 1, 0xff}), "byte")
		}
		if draw(t, rapid.Bool(), "mapped") {
			a = wire.MapIPv4([4]byte(a[12:]))
		}
		if got, want := wire.FormatAddr(a), netip.AddrFrom16(a).Unmap().String(); got != want {
			t.Fatalf("% x: got %s, want %s", a, got, want)
		}
	})
}

const annotated = `MIGRATION psn=5 qp=0x11 ackreq RESUME flags=0x01 epoch=2 peer_epoch=1 sent=0 epsn=1193046 addr=10.0.0.1 tag=0x1122334455667788
0000  02 00 00 00 00 02                                eth.dst 02:00:00:00:00:02
0006  02 00 00 00 00 01                                eth.src 02:00:00:00:00:01
000c  08 00                                            eth.type 0x0800
000e  45                                               ip.version 0x45
000f  00                                               ip.tos 0x00
0010  00 50                                            ip.length 80
0012  00 00                                            ip.id 0x0000
0014  40 00                                            ip.fragment resv=0 df=1 mf=0 offset=0
0016  40                                               ip.ttl 64
0017  11                                               ip.protocol 17
0018  26 9b                                            ip.checksum 0x269b
001a  0a 00 00 01                                      ip.src 10.0.0.1
001e  0a 00 00 02                                      ip.dst 10.0.0.2
0022  c0 01                                            udp.sport 49153
0024  12 b7                                            udp.dport 4791
0026  00 3c                                            udp.length 60
0028  00 00                                            udp.checksum 0x0000
002a  19                                               bth.opcode MIGRATION
002b  00                                               bth.flags se=0 migreq=0 pad=0 tver=0
002c  ff ff                                            bth.pkey 0xffff
002e  00                                               bth.resv8a 0x00
002f  00 00 11                                         bth.dest_qpn 0x000011
0032  80                                               bth.ackreq ackreq=1 resv7=0x00
0033  00 00 05                                         bth.psn 5
0036  21                                               meth.kind version=2 RESUME
0037  01                                               meth.flags 0x01
0038  00 02                                            meth.epoch 2
003a  00 01                                            meth.peer_epoch 1
003c  00 00                                            meth.sent 0
003e  00                                               meth.resv8 0x00
003f  12 34 56                                         meth.epsn 1193046
0042  00 00 00 00 00 00 00 00 00 00 ff ff 0a 00 00 01  meth.address 10.0.0.1
0052  11 22 33 44 55 66 77 88                          meth.tag 0x1122334455667788
005a  31 20 1f 8f                                      icrc 0x8f1f2031
005e  00 00                                            trailer+0
`

func TestAnnotate(t *testing.T) {
	frame := sample(abi.OpMigration, false).Append(nil)
	if got := wire.Annotate(append(frame, 0, 0)); got != annotated {
		t.Errorf("got\n%swant\n%s", got, annotated)
	}
	frame[60]++
	if got := wire.Annotate(frame); !strings.Contains(got, " WRONG, computed 0x") {
		t.Errorf("a wrong ICRC is not pointed out:\n%s", got)
	}
	long := sample(abi.OpSendOnly, true)
	long.SetPayload(make([]byte, 1024))
	if got := wire.Annotate(long.Append(nil)); !strings.Contains(got, "payload+48\n      ... 960 more bytes\n") {
		t.Errorf("a long payload is not cut:\n%s", got)
	}
}

func TestDiff(t *testing.T) {
	want := sample(abi.OpSendOnly, false)
	want.SetPayload(make([]byte, 64))
	got := *want
	got.BTH.PSN = psn.PSN(6)
	got.SetPayload(append(make([]byte, 40), 1, 2, 3, 4))
	d := wire.Diff(want.Append(nil), got.Append(nil))
	for _, line := range []string{
		"  0000  02 00 00 00 00 02                                eth.dst 02:00:00:00:00:02\n",
		"- 0033  00 00 05                                         bth.psn 5\n",
		"+ 0033  00 00 06                                         bth.psn 6\n",
		"payload+32\n",
	} {
		if !strings.Contains(d, line) {
			t.Errorf("line missing: %q", line)
		}
	}
	if strings.Contains(d, "payload+0") {
		t.Error("equal payload is shown")
	}
	if t.Failed() {
		t.Log("\n" + d)
	}
	if d := wire.Diff(want.Append(nil), want.Append(nil)); d != "" {
		t.Errorf("equal frames differ:\n%s", d)
	}
}
