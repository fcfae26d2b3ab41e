package mem_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/qp"
)

// dumb is the obvious table: a grant for each single byte of each key. Its space has 256 bytes of virtual
// addresses, the real one 2^64; at puts it at either end of that, so that wrapping is seen.
type dumb struct {
	rows  map[uint32]abi.MR
	bytes map[grant]uint64 // DMA address
}

type grant struct {
	key uint32
	va  uint64
}

func (d *dumb) create(mr abi.MR) {
	d.rows[mr.Key] = mr
	for i := uint64(0); i < mr.Length && mr.VA+i >= mr.VA; i++ {
		d.bytes[grant{mr.Key, mr.VA + i}] = mr.PA + i
	}
}

func (d *dumb) destroy(key uint32) {
	delete(d.rows, key)
	for g := range d.bytes {
		if g.key == key {
			delete(d.bytes, g)
		}
	}
}

func (d *dumb) lookup(pd uint16, r qp.Region) (uint64, bool) {
	mr, ok := d.rows[r.Key]
	if !ok || mr.PD != pd || r.Access&^mr.Access != 0 {
		return 0, false
	}
	for i := range uint64(r.Len) {
		if r.VA+i < r.VA {
			return 0, false
		}
		if _, ok := d.bytes[grant{r.Key, r.VA + i}]; !ok {
			return 0, false
		}
	}
	return d.bytes[grant{r.Key, r.VA}], true
}

func TestRegionsAgainstByteMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const rows = 3
		table := mem.NewRegions(rows)
		model := &dumb{rows: map[uint32]abi.MR{}, bytes: map[grant]uint64{}}
		va := rapid.Custom(func(t *rapid.T) uint64 {
			return rapid.SampledFrom([]uint64{0, -256 & (1<<64 - 1)}).Draw(t, "end") + rapid.Uint64Range(0, 255).Draw(t, "at")
		})
		key := rapid.Uint32Range(1, 4)
		access := rapid.SampledFrom([]abi.Access{0, abi.AccessLocalWrite, abi.AccessRemoteWrite, abi.AccessLocalWrite | abi.AccessRemoteWrite})
		t.Repeat(map[string]func(*rapid.T){
			"create": func(t *rapid.T) {
				mr := abi.MR{
					Key: key.Draw(t, "key"), PD: rapid.Uint16Range(0, 1).Draw(t, "pd"), Access: access.Draw(t, "access"),
					VA: va.Draw(t, "va"), Length: rapid.Uint64Range(0, 40).Draw(t, "length"), PA: rapid.Uint64().Draw(t, "pa"),
				}
				want := abi.CmdStatusOK
				if _, taken := model.rows[mr.Key]; taken {
					want = abi.CmdStatusExists
				} else if len(model.rows) == rows {
					want = abi.CmdStatusNoSpace
				}
				if _, status := table.Create(mr); status != want {
					t.Fatalf("create %+v: %v, want %v", mr, status, want)
				}
				if want == abi.CmdStatusOK {
					model.create(mr)
				}
			},
			"destroy": func(t *rapid.T) {
				k := key.Draw(t, "key")
				want := abi.CmdStatusBadIndex
				if _, ok := model.rows[k]; ok {
					want = abi.CmdStatusOK
				}
				if status := table.Destroy(k); status != want {
					t.Fatalf("destroy %d: %v, want %v", k, status, want)
				}
				model.destroy(k)
			},
			"lookup": func(t *rapid.T) {
				r := qp.Region{
					Key: key.Draw(t, "key"), VA: va.Draw(t, "va"), Len: rapid.Uint32Range(1, 40).Draw(t, "len"), Access: access.Draw(t, "access"),
				}
				pd := rapid.Uint16Range(0, 1).Draw(t, "pd")
				pa, ok := table.Lookup(pd, r)
				wantPA, want := model.lookup(pd, r)
				if ok != want || pa != wantPA {
					t.Fatalf("pd %d %+v: %#x %v, byte map %#x %v", pd, r, pa, ok, wantPA, want)
				}
			},
		})
	})
}

// TestRegionsFound makes sure that the property above does find regions, at both ends of the address space.
func TestRegionsFound(t *testing.T) {
	table := mem.NewRegions(2)
	table.Create(abi.MR{Key: 1, VA: 1<<64 - 16, Length: 16, PA: 0x100})
	table.Create(abi.MR{Key: 2, VA: 1<<64 - 16, Length: 32, PA: 0x200})
	for _, c := range []struct {
		r  qp.Region
		pa uint64
		ok bool
	}{
		{qp.Region{Key: 1, VA: 1<<64 - 16, Len: 16}, 0x100, true},
		{qp.Region{Key: 1, VA: 1<<64 - 1, Len: 1}, 0x10f, true},
		{qp.Region{Key: 1, VA: 1<<64 - 1, Len: 2}, 0, false},
		{qp.Region{Key: 2, VA: 1<<64 - 1, Len: 2}, 0, false}, // would wrap, though the region's length allows it
		{qp.Region{Key: 2, VA: 0, Len: 1}, 0, false},
		{qp.Region{Key: 1, VA: 1<<64 - 17, Len: 1}, 0, false},
	} {
		if pa, ok := table.Lookup(0, c.r); pa != c.pa || ok != c.ok {
			t.Errorf("%+v: %#x %v, want %#x %v", c.r, pa, ok, c.pa, c.ok)
		}
	}
}
