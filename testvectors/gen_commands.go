package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

func genCommands(d *draft) {
	queuePairCommands(d)
	dumpCommands(d)
	regionCommands(d)
	queueCommands(d)
	attributeCommands(d)
	unknownCommands(d)
}

// commandOf is a command by its name.
func commandOf(name string) abi.CMD {
	cmd, ok := abi.ParseCMD(name)
	if !ok {
		panic("BUG: command past the schema: " + name)
	}
	return cmd
}

// withAll is every feature that a NIC of 8 slots can have.
const withAll = withLists | abi.FeatureSQD | abi.FeatureCoalesce | abi.FeatureResize | abi.FeatureCommEst | abi.FeatureCQGuard

// created are the attributes of a new queue pair.
func created(qpn uint32) abi.QPC {
	return abi.QPC{
		QPN: qpn, PD: 3, SCQN: 1, RCQN: 2, SQLog: 4, RQLog: 5, UDPSport: 0xc123, SQBase: 0x10_0000, RQBase: 0x20_0000, SQSigAll: true,
		SQStride: 1, RQStride: 2, EPSN: 77, PMTU: 3, State: abi.StateRTS, MigEpoch: 9, // what is not fixed at creation is not taken
	}
}

func queuePairCommands(d *draft) {
	d.group("queue pair", "IBTA 11.2.5.1, 11.2.5.4", "IBTA 10.2.4, 11.2.5.1, 11.2.5.4; spec/enums.yaml Cmd", "CREATE_QP, LOAD_QP and DESTROY_QP: by type, by number taken, for want of a slot, a completion queue or a feature.")
	create := func(name string, b *bed, c abi.QPC) {
		d.commanded("CREATE_QP,"+name, b, abi.CMDCreateQP, 0, 0, wholeImage(c))
	}
	for _, has := range []struct {
		name string
		set  abi.Feature
	}{{"no features", 0}, {"all features", withAll}} {
		for _, t := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD, 3} {
			c := created(0x123456)
			c.QPType = t
			create(fmt.Sprintf("type=%d,%s", t, has.name), newBed(has.set), c)
		}
	}
	for _, f := range []abi.Feature{abi.FeatureUC, abi.FeatureUD, abi.FeatureSRQ} {
		c := created(0x123456)
		c.QPType, c.UseSRQ = map[abi.Feature]abi.QPType{abi.FeatureUC: abi.QPTypeUC, abi.FeatureUD: abi.QPTypeUD}[f], f == abi.FeatureSRQ
		create("without "+featureNames(f)[0], newBed(withAll&^f), c)
	}
	shared := sharing(created(0x123456))
	create("shared receive queue", newBed(withAll), shared)
	create("number taken", newBed(withAll, contextIn(abi.StateReset)), created(localQPN))
	create("number 0", newBed(withAll), created(0))
	hole := newBed(withAll, contextIn(abi.StateRTS), abi.QPC{}, with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.QPN = 99 }))
	hole.qps[1] = nil
	create("lowest free slot", hole, created(0x123456))
	full := newBed(withAll)
	for n := range uint32(8) {
		full.qps = append(full.qps, &abi.QPC{QPN: 100 + n, PMTU: 1, MigLease: 1, MigAnnounce: 1})
	}
	create("no slot", full, created(0x123456))
	create("no slot,number taken", full, created(103))
	for _, has := range []abi.Feature{withAll, withAll &^ abi.FeatureCQGuard} {
		for _, change := range []struct {
			name string
			at   func(*abi.QPC)
		}{{"send", func(c *abi.QPC) { c.SCQN = 3 }}, {"receive", func(c *abi.QPC) { c.RCQN = 255 }}} {
			guard := has&abi.FeatureCQGuard != 0
			create(fmt.Sprintf("no completion queue to %s,guard=%v", change.name, guard), newBed(has), with(created(0x123456), change.at))
			stopped := with(with(contextIn(abi.StateStopped), func(c *abi.QPC) { c.SQLog = 4 }), change.at)
			d.commanded(fmt.Sprintf("LOAD_QP,no completion queue to %s,guard=%v", change.name, guard), newBed(has), abi.CMDLoadQP, 0, 0, wholeImage(stopped))
		}
	}
	tombstone := contextIn(abi.StateStopped)
	newer := with(tombstone, func(c *abi.QPC) { c.MigEpoch = epoch.Add(4) })
	d.commanded("LOAD_QP,in the place of a tombstone", newBed(withAll, abi.QPC{QPN: 5, PMTU: 1}, tombstone), abi.CMDLoadQP, 0, 0, wholeImage(newer))
	d.commanded("LOAD_QP,no slot", full, abi.CMDLoadQP, 0, 0, wholeImage(newer))
	for _, s := range []abi.State{abi.StateReset, abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StatePaused, abi.StateStopped, abi.StateErr} {
		d.commanded("DESTROY_QP,state "+s.String(), newBed(withAll, contextIn(s)), abi.CMDDestroyQP, 0, 0, nil)
	}
	d.commanded("DESTROY_QP,no such slot", newBed(withAll, contextIn(abi.StateRTS)), abi.CMDDestroyQP, 1, 0, nil)
	d.commanded("DESTROY_QP,beyond the slots", newBed(withAll, contextIn(abi.StateRTS)), abi.CMDDestroyQP, 8, 0, nil)
}

func dumpCommands(d *draft) {
	d.group("dump", "R5, R12", "protocol.md section 4 R5, R12; spec/enums.yaml Cmd", "QUERY_QP, DUMP_QP, DUMP_MR, DUMP_CQ and DUMP_SRQ: what is written, and of what may be dumped.")
	for _, has := range []abi.Feature{0, withAll} {
		for _, s := range []abi.State{abi.StateReset, abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StatePaused, abi.StateStopped, abi.StateErr} {
			c := contextIn(s)
			if has != 0 && s == abi.StateStopped {
				c = with(remembers(2, 3, 0), func(c *abi.QPC) { c.State, c.SavedState, c.Timer = abi.StateStopped, abi.StateRTS, abi.TimerNone })
			}
			for _, cmd := range []abi.CMD{abi.CMDQueryQP, abi.CMDDumpQP} {
				d.commanded(fmt.Sprintf("%v,state %v,features=%v", cmd, s, has != 0), newBed(has, c), cmd, 0, 0, nil)
			}
		}
	}
	for _, cmd := range []abi.CMD{abi.CMDQueryQP, abi.CMDDumpQP, abi.CMDSetFwd} {
		d.commanded(cmd.String()+",no such slot", newBed(withAll, contextIn(abi.StateStopped)), cmd, 3, 0, nil)
	}
	b := sharedBed(sharing(remembers(0)), 2)
	b.has, b.srqs[5].Limit, b.regions[2].Invalid = withAll, 1, true
	b.cqs[1].Armed, b.cqs[1].PI, b.cqs[1].CI, b.cqs[1].SolicitedPI = true, 7, 7, 5
	for _, x := range []struct {
		cmd  abi.CMD
		arg  []uint32
		need abi.Feature
	}{
		{abi.CMDDumpMR, []uint32{localKey, otherKey, grantKey, 0x1234}, abi.FeatureInv}, {abi.CMDDumpCQ, []uint32{1, 2, 3, 8}, 0},
		{abi.CMDDumpSRQ, []uint32{5, 4, 8}, abi.FeatureSRQ},
	} {
		for _, arg := range x.arg {
			d.commanded(fmt.Sprintf("%v of %#x", x.cmd, arg), b, x.cmd, arg, 0, nil)
		}
		if x.need != 0 {
			d.commanded(x.cmd.String()+",without the feature", newBed(withAll&^x.need), x.cmd, x.arg[0], 0, nil)
		}
	}
}

func regionCommands(d *draft) {
	d.group("region", "IBTA 11.2.8", "IBTA 10.6.3, 11.2.8; spec/layouts.yaml mr", "CREATE_MR and DESTROY_MR: by row, by key taken, for want of a row.")
	image := func(key uint32, change func(*abi.MR)) []byte {
		mr := abi.MR{Key: key, PD: 0xffff, Access: abi.AccessLocalWrite | remote, VA: 0x1234_5678_9abc_def0, Length: 1 << 40, PA: 0xfedc_ba98_7654_3210}
		if change != nil {
			change(&mr)
		}
		img := mr.Image()
		return img[:]
	}
	d.commanded("new", newBed(withAll), abi.CMDCreateMR, 0, 0, image(0x77, nil))
	hole := newBed(withAll)
	hole.regions[1] = nil
	d.commanded("lowest free row", hole, abi.CMDCreateMR, 0, 0, image(0x77, nil))
	d.commanded("of nothing", newBed(withAll), abi.CMDCreateMR, 0, 0, image(0x77, func(m *abi.MR) { m.Length = 0 }))
	d.commanded("invalid", newBed(withAll), abi.CMDCreateMR, 0, 0, image(0x77, func(m *abi.MR) { m.Invalid = true }))
	d.commanded("invalid,without the feature", newBed(withAll&^abi.FeatureInv), abi.CMDCreateMR, 0, 0, image(0x77, func(m *abi.MR) { m.Invalid = true }))
	d.commanded("key taken", newBed(withAll), abi.CMDCreateMR, 0, 0, image(otherKey, nil))
	full := newBed(withAll)
	for n := len(full.regions); n < 16; n++ {
		full.regions = append(full.regions, &abi.MR{Key: uint32(n), PD: 1, VA: 0x1000, Length: 1, PA: 0x1000})
	}
	d.commanded("no row", full, abi.CMDCreateMR, 0, 0, image(0x77, nil))
	d.commanded("no row,key taken", full, abi.CMDCreateMR, 0, 0, image(otherKey, nil))
	for _, key := range []uint32{localKey, otherKey, grantKey, 0x77} {
		d.commanded(fmt.Sprintf("DESTROY_MR of %#x", key), newBed(withAll), abi.CMDDestroyMR, key, 0, nil)
	}
}

func queueCommands(d *draft) {
	d.group("queue", "IBTA 11.2.7, 11.2.3", "IBTA 11.2.3, 11.2.7, 11.2.8.3; spec/layouts.yaml cqc, srqc", "CREATE, RESIZE and DESTROY of completion queues and shared receive queues.")
	cq := func(c abi.CQC) []byte { img := c.Image(); return img[:] }
	fresh := abi.CQC{Base: 0x7300_0000, Log: 15}
	restored := abi.CQC{Base: 0x7300_0000, Log: 3, Armed: true, Solicited: true, Overrun: true, PI: 9, CI: 4, SolicitedPI: 8}
	for _, has := range []abi.Feature{withAll, withAll &^ abi.FeatureSolicited} {
		d.commanded(fmt.Sprintf("CREATE_CQ,new,solicited=%v", has == withAll), newBed(has), abi.CMDCreateCQ, 3, 0, cq(fresh))
		d.commanded(fmt.Sprintf("CREATE_CQ,restored,solicited=%v", has == withAll), newBed(has), abi.CMDCreateCQ, 7, 0, cq(restored))
	}
	d.commanded("CREATE_CQ,number taken", newBed(withAll), abi.CMDCreateCQ, 2, 0, cq(fresh))
	for _, n := range []uint32{8, 255, 0x10000} {
		d.commanded(fmt.Sprintf("CREATE_CQ,number %#x", n), newBed(withAll), abi.CMDCreateCQ, n, 0, cq(fresh))
	}
	for _, n := range []uint32{2, 3, 8} {
		d.commanded(fmt.Sprintf("DESTROY_CQ,number %d", n), newBed(withAll), abi.CMDDestroyCQ, n, 0, nil)
	}
	resize := func(name string, has abi.Feature, n uint32, log uint8, change func(*abi.CQC)) {
		b := newBed(has)
		b.cqs[2].PI, b.cqs[2].CI = 3, 0xffff_ffff
		if change != nil {
			change(b.cqs[2])
		}
		d.commanded("RESIZE_CQ,"+name, b, abi.CMDResizeCQ, n, 0, cq(abi.CQC{Base: 0x7300_0000, Log: log, Armed: true, PI: 99}))
	}
	resize("larger", withAll, 2, 9, nil)
	resize("as large as what waits", withAll, 2, 2, nil)
	resize("too small", withAll, 2, 1, nil)
	resize("armed", withAll, 2, 9, func(c *abi.CQC) { c.Solicited = true })
	resize("overrun", withAll, 2, 9, func(c *abi.CQC) { c.Overrun = true })
	resize("no such queue", withAll, 3, 9, nil)
	resize("without the feature", withAll&^abi.FeatureResize, 2, 9, nil)
	srq := func(c abi.SRQC) []byte { img := c.Image(); return img[:] }
	for _, x := range []struct {
		name string
		c    abi.SRQC
	}{
		{"new", abi.SRQC{Base: ringSRQ, Log: 3, PD: 3}}, {"restored", abi.SRQC{Base: ringSRQ, Log: 3, PD: 3, Head: 7, PI: 1, CI: 0xffff, Limit: 2}},
		{"full", abi.SRQC{Base: ringSRQ, Log: 3, PI: 8}}, {"more than full", abi.SRQC{Base: ringSRQ, Log: 3, PI: 9}},
		{"head beyond the slots", abi.SRQC{Base: ringSRQ, Log: 3, Head: 8}}, {"one slot", abi.SRQC{Base: ringSRQ, PI: 1}},
	} {
		d.commanded("CREATE_SRQ,"+x.name, newBed(withAll), abi.CMDCreateSRQ, 5, 0, srq(x.c))
	}
	taken := sharedBed(sharing(remembers(0)), 2)
	d.commanded("CREATE_SRQ,number taken", taken, abi.CMDCreateSRQ, 5, 0, srq(abi.SRQC{Base: ringSRQ, Log: 3}))
	d.commanded("CREATE_SRQ,number 8", taken, abi.CMDCreateSRQ, 8, 0, srq(abi.SRQC{Base: ringSRQ, Log: 3}))
	for _, n := range []uint32{5, 4, 8} {
		d.commanded(fmt.Sprintf("DESTROY_SRQ,number %d", n), taken, abi.CMDDestroySRQ, n, 0, nil)
	}
	for _, cmd := range []abi.CMD{abi.CMDCreateSRQ, abi.CMDModifySRQ, abi.CMDDestroySRQ} {
		d.commanded(cmd.String()+",without the feature", newBed(withAll&^abi.FeatureSRQ), cmd, 5, 0, srq(abi.SRQC{Base: ringSRQ, Log: 3}))
	}
}

func attributeCommands(d *draft) {
	d.group("attribute", "IBTA 11.2.5.2", "IBTA 11.2.5.2; spec/context.yaml attrs", "MODIFY_QP with each attribute, by itself, of each type, on a NIC with all features and on one with none: what the device takes.")
	img := with(contextIn(abi.StateReset), func(c *abi.QPC) {
		c.Access, c.PKey, c.RemoteIP, c.PMTU, c.Timeout, c.RetryCnt, c.RNRRetry, c.EPSN, c.MinRNR, c.NextPSN = 15, 0x8001, OtherIP, 4, 19, 5, 3, 0x123456, 21, 0x654321
		c.RemoteQPN, c.MigPinned, c.MigGroup, c.MigLease, c.MigKey, c.MaxRdAtomic, c.MaxDestRdAtomic, c.QKey = 0x777777, true, 300, 77, [16]byte{1}, 5, 6, 0x99887766
		c.SQDNotify, c.ACKEvery, c.TClass = true, 4, 0xb8
		c.QPN, c.PD, c.SQBase, c.UnaPSN, c.MSN, c.MigEpoch = 0xaaaaaa, 9, 1, 2, 3, 4 // not the driver's to change
	})
	for _, t := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD} {
		for bit := range 32 {
			attr := uint32(1) << bit
			if attr&abi.AttrsDriver == 0 {
				continue
			}
			c := with(contextIn(abi.StateInit), func(c *abi.QPC) { c.QPType = t })
			d.commanded(fmt.Sprintf("%v,%s", t, abi.AttrNames(attr)), newBed(withAll, c), abi.CMDModifyQP, uint32(abi.StateRTR)<<24, attr, wholeImage(img))
			if t == abi.QPTypeRC {
				d.commanded(fmt.Sprintf("%v,%s,no features", t, abi.AttrNames(attr)), newBed(0, c), abi.CMDModifyQP, uint32(abi.StateRTR)<<24, attr, wholeImage(img))
			}
		}
	}
	d.commanded("all of them", newBed(withAll, contextIn(abi.StateInit)), abi.CMDModifyQP, uint32(abi.StateRTR)<<24, 0xffffff, wholeImage(img))
	d.commanded("no such slot", newBed(withAll, contextIn(abi.StateInit)), abi.CMDModifyQP, uint32(abi.StateRTR)<<24|1, 0, wholeImage(img))
	d.commanded("no such state", newBed(withAll, contextIn(abi.StateInit)), abi.CMDModifyQP, 15<<24, 0, wholeImage(img))
	second := newBed(withAll, contextIn(abi.StateRTS), with(contextIn(abi.StateInit), func(c *abi.QPC) { c.QPN = 99 }))
	d.commanded("another slot", second, abi.CMDModifyQP, uint32(abi.StateRTR)<<24|1, abi.AttrRQPSN, wholeImage(img))
}

func unknownCommands(d *draft) {
	d.group("no such command", "spec/enums.yaml Cmd", "spec/enums.yaml Cmd; spec/registers.yaml CMD_GO", "Commands that only NICs with features have.")
	for _, cmd := range []abi.CMD{abi.CMDDumpMR, abi.CMDResizeCQ, abi.CMDCreateSRQ, abi.CMDModifySRQ, abi.CMDDestroySRQ, abi.CMDDumpSRQ} {
		d.commanded(cmd.String(), newBed(0, contextIn(abi.StateRTS)), cmd, 1, 0, nil)
	}
}
