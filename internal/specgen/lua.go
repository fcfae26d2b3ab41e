package specgen

import (
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// luaDissector returns export/godwit.lua: a dissector for Wireshark and tshark that shows, behind what they say of RoCEv2, what
// they do not know: the migration packets and the epoch of NAK_STOPPED.
func luaDissector(s *spec.Spec) []byte {
	t := &text{}
	t.f("-- SPDX-License-Identifier: Apache-2.0\n-- %s\n-- Revision %s\n", header, s.Revision())
	t.f("%s", luaTop)
	meth, bth := s.Header("METH"), s.Header("BTH")
	t.f("local BTH_BYTES, METH_BYTES, ICRC_BYTES = %d, %d, 4\n", bth.Bytes, meth.Bytes)
	t.f("local OP_MIGRATION = 0x%02x\n", luaOpcode(s))
	t.f("local NAK_STOPPED = 0x%02x\n", s.Enum("Syndrome").Value("NAK_STOPPED").Code)
	t.f("local VERSION = %d\n", luaVersion(s))
	t.f("local KINDS = {")
	for i, v := range s.Enum("METHKind").Values {
		if i > 0 {
			t.f(", ")
		}
		t.f("[%d] = \"%s\"", v.Code, v.Name)
	}
	t.f("}\n\n-- The fields of METH: name, first bit, bits, and as what they are shown.\nlocal METH = {\n")
	for _, f := range meth.Fields {
		t.f("  {name = \"%s\", at = %d, bits = %d, field = %s},\n", f.Name, f.At, f.Bits, luaField(&f))
	}
	t.f("}\n\n-- The PSN of the BTH.\n")
	for _, f := range bth.Fields {
		if f.Name == "psn" {
			t.f("local PSN_AT, PSN_BITS = %d, %d\n", f.At, f.Bits)
		}
	}
	t.f("%s", luaBody)
	return t.Bytes()
}

func luaOpcode(s *spec.Spec) int {
	for _, o := range s.Packets.Opcodes {
		if o.Kind == "mig" {
			return o.Code
		}
	}
	panic("BUG: no opcode is a migration packet")
}

func luaVersion(s *spec.Spec) uint64 {
	for _, p := range s.Timing.Parameters {
		if p.Name == "METH_VERSION" {
			return p.Value
		}
	}
	panic("BUG: no parameter METH_VERSION")
}

// luaField declares how Wireshark shows a field of METH.
func luaField(f *spec.HeaderField) string {
	abbrev, doc := "godwit.meth."+string(f.Name), strings.ReplaceAll(f.Doc, `"`, `\"`)
	switch {
	case f.Bits == 128:
		return fmt.Sprintf(`ProtoField.ipv6("%s", "%s", "%s")`, abbrev, f.Name, doc)
	case f.Bits > 32:
		return fmt.Sprintf(`ProtoField.uint64("%s", "%s", base.HEX, nil, nil, "%s")`, abbrev, f.Name, doc)
	case f.Enum == "METHKind":
		return fmt.Sprintf(`ProtoField.uint32("%s", "%s", base.DEC, KINDS, nil, "%s")`, abbrev, f.Name, doc)
	case f.Name == "flags":
		return fmt.Sprintf(`ProtoField.uint32("%s", "%s", base.HEX, nil, nil, "%s")`, abbrev, f.Name, doc)
	}
	return fmt.Sprintf(`ProtoField.uint32("%s", "%s", base.DEC, nil, nil, "%s")`, abbrev, f.Name, doc)
}

const luaTop = `--
-- Shows the migration packets and NAK_STOPPED of godwit, which Wireshark does not know, behind its own view of RoCEv2.
--
--   tshark -X lua_script:godwit.lua -r trace.pcapng -Y godwit
--   wireshark -X lua_script:godwit.lua trace.pcapng
--
-- Filters: godwit, godwit.kind == "RESUME", godwit.meth.epoch, godwit.nak_stopped.epoch, ...

`

const luaBody = `
local godwit = Proto("godwit", "godwit migration")

local f_kind = ProtoField.string("godwit.kind", "kind of packet")
local f_una = ProtoField.uint32("godwit.una", "una", base.DEC, nil, nil, "BTH.PSN: oldest PSN of the sender that is not acknowledged")
local f_live = ProtoField.bool("godwit.meth.live", "live", base.NONE, nil, nil, "The sender has a requester, so una means something")
local f_v4 = ProtoField.ipv4("godwit.meth.address.v4", "address, IPv4")
local f_icrc = ProtoField.uint32("godwit.icrc", "ICRC", base.HEX)
local f_stopped_flags = ProtoField.uint32("godwit.nak_stopped.flags", "flags", base.HEX)
local f_stopped_epoch = ProtoField.uint32("godwit.nak_stopped.epoch", "epoch", base.DEC, nil, nil, "Epoch of the stopped endpoint")
local f_stopped_epsn = ProtoField.uint32("godwit.nak_stopped.epsn", "epsn", base.DEC, nil, nil, "BTH.PSN: what the stopped endpoint expects next")
godwit.fields = {f_kind, f_una, f_live, f_v4, f_icrc, f_stopped_flags, f_stopped_epoch, f_stopped_epsn}
for _, m in ipairs(METH) do table.insert(godwit.fields, m.field) end

local e_length = ProtoExpert.new("godwit.length", "length is not that of a migration packet", expert.group.MALFORMED, expert.severity.ERROR)
local e_version = ProtoExpert.new("godwit.version", "unknown version of METH", expert.group.PROTOCOL, expert.severity.WARN)
local e_kind = ProtoExpert.new("godwit.unknown_kind", "unknown kind of migration packet", expert.group.PROTOCOL, expert.severity.WARN)
godwit.experts = {e_length, e_version, e_kind}

local bth = Field.new("infiniband.bth")
local opcode = Field.new("infiniband.bth.opcode")
local syndrome = Field.new("infiniband.aeth.syndrome")

-- The bytes of bits at..at+bits of a header that begins at byte start, and their value; 64 bits and more have none.
local function bits(tvb, start, at, n)
  local first, last = math.floor(at / 8), math.floor((at + n - 1) / 8)
  local range = tvb(start + first, last - first + 1)
  if n > 32 then return range, nil end
  return range, range:bitfield(at % 8, n)
end

local function psn(tvb, start)
  return bits(tvb, start, PSN_AT, PSN_BITS)
end

-- A mapped address is an IPv4 one: ten bytes 0, two 0xff.
local function mapped(range)
  for i = 0, 9 do
    if range(i, 1):uint() ~= 0 then return false end
  end
  return range(10, 2):uint() == 0xffff
end

local function meth(tvb, pinfo, tree, start)
  local at = start + BTH_BYTES
  if tvb:len() - at ~= METH_BYTES + ICRC_BYTES then
    tree:add(godwit, tvb(start)):add_proto_expert_info(e_length)
    return
  end
  local sub = tree:add(godwit, tvb(at, METH_BYTES))
  local v = {}
  local address
  for _, m in ipairs(METH) do
    local range, value = bits(tvb, at, m.at, m.bits)
    v[m.name] = value
    local item
    if value == nil then item = sub:add(m.field, range) else item = sub:add(m.field, range, value) end
    if m.name == "version" and value ~= VERSION then item:add_proto_expert_info(e_version) end
    if m.name == "kind" and not KINDS[value] then item:add_proto_expert_info(e_kind) end
    if m.name == "flags" then sub:add(f_live, range, value % 2 == 1) end
    if m.name == "address" then
      if mapped(range) then
        sub:add(f_v4, range(12, 4))
        address = tostring(range(12, 4):ipv4())
      else
        address = tostring(range:ipv6())
      end
    end
  end
  local kind = KINDS[v.kind] or "migration packet " .. v.kind
  local range, una = psn(tvb, start)
  sub:add(f_kind, tvb(at, 1), kind)
  sub:add(f_una, range, una)
  sub:add(f_icrc, tvb(at + METH_BYTES, ICRC_BYTES))
  sub:append_text(": " .. kind)
  pinfo.cols.info = string.format("%s epoch=%d peer_epoch=%d una=%d epsn=%d address=%s", kind, v.epoch, v.peer_epoch, una, v.epsn, address)
end

-- AETH: syndrome, and 24 bits that are flags and epoch where an acknowledgement has its MSN.
local function nak_stopped(tvb, pinfo, tree, start, at)
  local sub = tree:add(godwit, tvb(at, 4))
  local range, epsn = psn(tvb, start)
  sub:add(f_kind, tvb(at, 1), "NAK_STOPPED")
  sub:add(f_stopped_flags, tvb(at + 1, 1))
  sub:add(f_stopped_epoch, tvb(at + 2, 2))
  sub:add(f_stopped_epsn, range, epsn)
  sub:append_text(": NAK_STOPPED")
  pinfo.cols.info = string.format("NAK_STOPPED epoch=%d epsn=%d", tvb(at + 2, 2):uint(), epsn)
end

function godwit.dissector(tvb, pinfo, tree)
  local b, op, s = bth(), opcode(), syndrome()
  if not b or not op then return end
  if op.value == OP_MIGRATION then
    meth(tvb, pinfo, tree, b.offset)
  elseif s and s.value == NAK_STOPPED then
    nak_stopped(tvb, pinfo, tree, b.offset, s.offset)
  end
end

register_postdissector(godwit)
`
