package spec

import (
	"strings"
	"testing"
	"testing/fstest"
)

// mistakes are one of each class, with the whole report that they earn.
var mistakes = []struct {
	name, file, old, new string
	want                 string // one message a line
}{
	// form
	{"not YAML", "timing.yaml", "clock: {period_ns: 4,", "clock: {period_ns: 4",
		"timing.yaml:2:33: not YAML: did not find expected ',' or '}'"},
	{"unknown key", "enums.yaml", "  - name: WRFlag\n    flags: true", "  - name: WRFlag\n    flag: true",
		"enums.yaml:9:5: enums[1]: unknown key \"flag\" (known: name, flags, doc, values)"},
	{"key twice", "states.yaml", "{name: RESET,   code: 0,", "{name: RESET,   code: 0, code: 0,",
		"states.yaml:6:30: states[0]: key \"code\" appears twice"},
	{"key missing", "timing.yaml", "{cause: CMD,       base: 7, payload: 0}", "{cause: CMD,       base: 7}",
		"timing.yaml:33:5: steps[13]: key \"payload\" is missing"},
	{"section missing", "states.yaml", "transitions:", "edges:",
		"states.yaml:5:1: document: key \"transitions\" is missing\n" +
			"states.yaml:17:1: document: unknown key \"edges\" (known: states, transitions)"},
	{"number wanted", "timing.yaml", "{name: SEND_WINDOW,   value: 64,", "{name: SEND_WINDOW,   value: many,",
		"timing.yaml:6:34: value: want a whole number from 0, got \"many\""},
	{"number too small", "timing.yaml", "{name: SEND_WINDOW,   value: 64,", "{name: SEND_WINDOW,   value: -1,",
		"timing.yaml:6:34: value: want a whole number from 0, got \"-1\""},
	{"text wanted", "states.yaml", "{name: RESET,   code: 0,", "{name: 5,   code: 0,",
		"states.yaml:6:12: name: want text, got \"5\""},
	{"true or false wanted", "enums.yaml", "  - name: WRFlag\n    flags: true", "  - name: WRFlag\n    flags: 1",
		"enums.yaml:9:12: flags: want true or false, got \"1\""},
	{"list wanted", "states.yaml", "states:\n  - {name: RESET,   code: 0,", "states:\n  RESET:\n  - {name: RESET,   code: 0,",
		"states.yaml:6:3: states: want a list, got a mapping"},
	{"mapping wanted", "timing.yaml", "  - {cause: CMD,       base: 7, payload: 0}", "  - CMD",
		"timing.yaml:33:5: steps[13]: want a mapping, got \"CMD\""},
	{"not a name", "states.yaml", "{name: RESET,   code: 0,", "{name: RE-SET,   code: 0,",
		"states.yaml:6:12: name: \"RE-SET\" is not a name (letters, digits and underscores, a letter first)"},
	{"not a word of the vocabulary", "registers.yaml", "at: 0x000c, access: rw", "at: 0x000c, access: wr",
		"registers.yaml:17:45: access: \"wr\" is not one of ro, rw, wo"},
	{"not a bit range", "registers.yaml", `{name: num_qp,    bits: "15:8",`, `{name: num_qp,    bits: "8:15",`,
		"registers.yaml:14:33: bits: \"8:15\" is not a bit range like \"31\" or \"15:8\""},
	{"empty text", "registers.yaml", `doc: "'GODW'."`, `doc: ""`,
		"registers.yaml:5:90: doc: is empty"},
	{"anchor", "states.yaml", "{name: RESET,   code: 0,", "&r {name: RESET,   code: 0,",
		"states.yaml:6:5: states[0]: anchors and aliases are not used here"},
	// fields
	{"fields overlap", "context.yaml", "{name: pd,           at: 0x08,", "{name: pd,           at: 0x07,",
		"context.yaml:23:30: field pd: bytes 0x07..0x08 overlap field pmtu (0x07..0x07)"},
	{"field outside", "layouts.yaml", "{name: lkey,     at: 0x20, bits: 32,", "{name: lkey,     at: 0x3e, bits: 32,",
		"layouts.yaml:15:30: field lkey: bytes 0x3e..0x41 are outside of layout wqe (64 bytes)"},
	{"field twice", "layouts.yaml", "{name: rkey,     at: 0x10,", "{name: imm,     at: 0x10,",
		"layouts.yaml:12:16: layout wqe: field imm is already used at layouts.yaml:10"},
	{"field without bits", "layouts.yaml", "{name: rkey,     at: 0x10, bits: 32,", "{name: rkey,     at: 0x10, bits: 0,",
		"layouts.yaml:12:42: field rkey: has no bits"},
	{"odd wide field", "layouts.yaml", "{name: lkey,     at: 0x20, bits: 32,", "{name: lkey,     at: 0x20, bits: 100,",
		"layouts.yaml:15:42: field lkey: 100 bits; beyond 64 only whole bytes are possible"},
	{"type and width", "context.yaml", "{name: epsn,         at: 0x60, bits: 24,", "{name: epsn,         at: 0x60, bits: 16,",
		"context.yaml:57:42: field epsn: type psn has 24 bits, not 16"},
	{"enum does not fit", "context.yaml", "{name: timer,        at: 0x5f, bits: 3, ", "{name: timer,        at: 0x5f, bits: 2, ",
		"context.yaml:55:42: field timer: 2 bits cannot hold RESUME of enum Timer (code 4)"},
	{"enum undefined", "context.yaml", "enum: Timer,", "enum: Clock,",
		"context.yaml:55:62: field timer: enum Clock is not defined"},
	{"type and enum", "context.yaml", "enum: Timer,", "enum: Timer, type: bool,",
		"context.yaml:55:42: field timer: type bool has 1 bits, not 3\n" +
			"context.yaml:55:62: field timer: has a type and an enum"},
	{"or_enum alone", "layouts.yaml", "enum: Verdict, or_enum: CmdStatus,", "or_enum: CmdStatus,",
		"layouts.yaml:54:55: field verdict: has or_enum without enum"},
	{"reserved word", "layouts.yaml", "{name: log,      at: 0x08,", "{name: logic,      at: 0x08,",
		"layouts.yaml:43:16: field logic: the name is a reserved word of a generated language"},
	{"capitals in a field", "layouts.yaml", "{name: log,      at: 0x08,", "{name: Log,      at: 0x08,",
		"layouts.yaml:43:16: field Log: names of fields are in lower case"},
	{"layout twice", "layouts.yaml", "  - name: cqc\n", "  - name: mr\n",
		"layouts.yaml:38:11: layout mr is already used at layouts.yaml:28"},
	{"context key in a layout", "layouts.yaml", "{name: log,      at: 0x08, bits: 4, ", "{name: log,      at: 0x08, bits: 4, bank: cfg, ",
		"layouts.yaml:43:51: field log: bank belongs to fields of the context only"},
	// context
	{"bank undefined", "context.yaml", "{name: pd,           at: 0x08, bits: 16, bank: cfg,", "{name: pd,           at: 0x08, bits: 16, bank: cnf,",
		"context.yaml:23:52: field pd: bank cnf is not defined"},
	{"bank missing", "context.yaml", "{name: pd,           at: 0x08, bits: 16, bank: cfg,", "{name: pd,           at: 0x08, bits: 16,",
		"context.yaml:23:5: field pd: a field of the context needs a bank"},
	{"bank empty", "context.yaml", "  - {name: mig, writer: migration,  doc:", "  - {name: xrc, writer: any, doc: \"Nothing.\"}\n  - {name: mig, writer: migration,  doc:",
		"context.yaml:17:12: bank xrc has no fields"},
	{"attribute undefined", "context.yaml", "bank: cfg, attr: timeout,", "bank: cfg, attr: time_out,",
		"context.yaml:31:63: field timeout: attribute time_out is not defined\n" +
			"context.yaml:94:12: attribute timeout writes no field"},
	{"attribute bit twice", "context.yaml", "{name: rnr_retry,     bit: 7,", "{name: rnr_retry,     bit: 6,",
		"context.yaml:96:32: attribute bit 6 is already used at context.yaml:95"},
	{"attribute bit too large", "context.yaml", "{name: rnr_retry,     bit: 7,", "{name: rnr_retry,     bit: 32,",
		"context.yaml:96:32: attribute rnr_retry: bit 32 is outside of 0..31"},
	{"max below min", "context.yaml", "attr: path_mtu, min: 1, max: 5,", "attr: path_mtu, min: 6, max: 5,",
		"context.yaml:22:86: field pmtu: max 5 is less than min 6"},
	{"max too wide", "context.yaml", "attr: path_mtu, min: 1, max: 5,", "attr: path_mtu, min: 1, max: 8,",
		"context.yaml:22:86: field pmtu: max 8 does not fit 3 bits"},
	{"reset too wide", "context.yaml", "attr: path_mtu, min: 1, max: 5,", "attr: path_mtu, min: 1, max: 5, reset: 9,",
		"context.yaml:22:96: field pmtu: reset 9 does not fit 3 bits"},
	{"range nobody writes", "context.yaml", "{name: retry_left,   at: 0x43, bits: 3,  bank: sq,", "{name: retry_left,   at: 0x43, bits: 3,  bank: sq, max: 6,",
		"context.yaml:41:5: field retry_left: min and max bound what the driver writes, and no attribute lets it"},
	{"modify: attribute undefined", "context.yaml", "required: [timeout, retry_cnt,", "required: [timeout, retry_count,",
		"context.yaml:110:49: modify: attribute retry_count is not defined"},
	{"modify: create", "context.yaml", "required: [timeout, retry_cnt,", "required: [create, timeout, retry_cnt,",
		"context.yaml:110:40: modify: attribute create is set by CREATE_QP only"},
	{"modify: required and optional", "context.yaml", "optional: [access_flags, min_rnr_timer, mig]", "optional: [timeout, min_rnr_timer, mig]",
		"context.yaml:110:91: modify: attribute timeout is required and optional"},
	{"modify: row twice", "context.yaml", "{from: PAUSED, to: ERR, required", "{from: RTS, to: ERR, required",
		"context.yaml:120:5: modify row RTS -> ERR is already used at context.yaml:119\n" +
			"states.yaml:32:5: transition PAUSED -> ERR via modify has no row in modify of context.yaml"},
	{"modify: no transition", "context.yaml", "{from: RTR,   to: RTS,  required", "{from: INIT,   to: RTS,  required",
		"context.yaml:110:5: modify row INIT -> RTS has no transition via modify in states.yaml\n" +
			"states.yaml:22:5: transition RTR -> RTS via modify has no row in modify of context.yaml"},
	{"modify: type undefined", "context.yaml", "{from: PAUSED, to: ERR, required", "{from: PAUSED, to: ERR, types: [UX], required",
		"context.yaml:120:37: modify: queue pair type UX is not in enum QPType"},
	{"context renamed", "context.yaml", "layout: qpc", "layout: ctx",
		"context.yaml:8:9: layout ctx: the context is called qpc"},
	// enums
	{"enum twice", "enums.yaml", "- name: WCOpcode", "- name: WROpcode",
		"enums.yaml:14:11: enum WROpcode is already used at enums.yaml:3\n" +
			"layouts.yaml:21:52: field opcode: enum WCOpcode is not defined"},
	{"enum called State", "enums.yaml", "- name: WCOpcode", "- name: State",
		"enums.yaml:14:11: enum State is already used at states.yaml:6\n" +
			"layouts.yaml:21:52: field opcode: enum WCOpcode is not defined"},
	{"enum missing", "enums.yaml", "- name: CmdStatus", "- name: CommandStatus",
		"enums.yaml:3:3: enum CmdStatus is missing\n" +
			"layouts.yaml:54:70: field verdict: enum CmdStatus is not defined"},
	{"value twice", "enums.yaml", "{name: STALE,      code: 4,", "{name: REDIRECT,   code: 4,",
		"enums.yaml:127:16: enum METHKind: name REDIRECT is already used at enums.yaml:126"},
	{"code twice", "enums.yaml", "{name: STALE,      code: 4,", "{name: STALE,      code: 3,",
		"enums.yaml:127:34: enum METHKind: code 3 is already used at enums.yaml:126"},
	{"code too large", "enums.yaml", "{name: STALE,      code: 4,", "{name: STALE,      code: 256,",
		"enums.yaml:127:34: enum METHKind: code 256 of STALE is larger than 255"},
	{"flag of two bits", "enums.yaml", "{name: SOLICITED, code: 2,", "{name: SOLICITED, code: 3,",
		"enums.yaml:13:33: enum WRFlag: code 3 of flag SOLICITED is not a single bit"},
	{"verdict without counter", "enums.yaml", "      - {name: IGNORED, ", "      - {name: DROP_RUDE, code: 70, doc: \"Rude.\"}\n      - {name: IGNORED, ",
		"enums.yaml:106:16: verdict DROP_RUDE has no counter in registers.yaml"},
	// packets
	{"header fields overlap", "packets.yaml", "{name: migreq,   at: 9, ", "{name: migreq,   at: 8, ",
		"packets.yaml:10:30: field migreq: bits 8..8 overlap the fields before it, which end at bit 8\n" +
			"packets.yaml:11:30: field pad: bits 9..9 before it belong to no field"},
	{"header gap at the end", "packets.yaml", "{name: psn,      at: 72, bits: 24,", "{name: psn,      at: 72, bits: 16,",
		"packets.yaml:8:7: header BTH: bits 88..95 at its end belong to no field"},
	{"header field outside", "packets.yaml", "{name: psn,      at: 72, bits: 24,", "{name: psn,      at: 72, bits: 32,",
		"packets.yaml:18:30: field psn: bits 72..103 are outside of header BTH (12 bytes)"},
	{"header twice", "packets.yaml", "- name: IETH", "- name: ImmDt",
		"packets.yaml:50:11: header ImmDt is already used at packets.yaml:45\n" +
			"packets.yaml:94:97: opcode SEND_LAST_INV: header IETH is not defined\n" +
			"packets.yaml:95:97: opcode SEND_ONLY_INV: header IETH is not defined"},
	{"header undefined", "packets.yaml", "op: send,  pos: last,   headers: [IETH]", "op: send,  pos: last,   headers: [XETH]",
		"packets.yaml:94:97: opcode SEND_LAST_INV: header XETH is not defined"},
	{"headers out of order", "packets.yaml", "headers: [RETH, ImmDt]", "headers: [ImmDt, RETH]",
		"packets.yaml:84:104: opcode RDMA_WRITE_ONLY_IMM: header RETH is out of order; headers follow each other as in the list of headers"},
	{"BTH listed", "packets.yaml", "headers: [METH]", "headers: [BTH, METH]",
		"packets.yaml:96:97: opcode MIGRATION: every packet has a BTH; it is not listed"},
	{"headers too long", "packets.yaml", "headers: [RETH, ImmDt]", "headers: [RETH, AtomicETH, METH]",
		"packets.yaml:84:96: opcode RDMA_WRITE_ONLY_IMM: 80 header bytes are more than 63"},
	{"opcode twice", "packets.yaml", "{name: FETCH_ADD, ", "{name: CMP_SWAP, ",
		"packets.yaml:93:12: opcode CMP_SWAP is already used at packets.yaml:92"},
	{"opcode code twice", "packets.yaml", "code: 0x14, kind: request", "code: 0x13, kind: request",
		"packets.yaml:93:41: opcode code 19 is already used at packets.yaml:92"},
	{"legality: undefined state", "packets.yaml", "{state: SQD, ", "{state: SDQ, ",
		"packets.yaml:100:3: legality: state SQD has no row\n" +
			"packets.yaml:104:13: legality: state SDQ is not defined in states.yaml"},
	{"legality: row missing", "packets.yaml", "  - {state: SQD,     request: serve,       response: serve, mig: serve}\n", "",
		"packets.yaml:100:3: legality: state SQD has no row"},
	{"legality: row twice", "packets.yaml", "{state: SQD,     request", "{state: SQE,     request",
		"packets.yaml:100:3: legality: state SQD has no row\n" +
			"packets.yaml:105:13: legality row SQE is already used at packets.yaml:104"},
	{"legality: unknown action", "packets.yaml", "{state: STOPPED, request: nak_stopped,", "{state: STOPPED, request: stop,",
		"packets.yaml:107:31: request: \"stop\" is not one of drop, serve, drop_stopped, nak_stopped, tombstone"},
	// registers
	{"register twice", "registers.yaml", "{name: MAC_HI, ", "{name: MAC_LO, ",
		"registers.yaml:25:12: register MAC_LO is already used at registers.yaml:24"},
	{"address twice", "registers.yaml", "{name: MAC_HI,      at: 0x0024,", "{name: MAC_HI,      at: 0x0020,",
		"registers.yaml:25:29: register MAC_HI: address 0x0020 belongs to register MAC_LO"},
	{"arrays overlap", "registers.yaml", "{name: DB_RQ,       at: 0x1004,", "{name: DB_RQ,       at: 0x1ff0,",
		"registers.yaml:83:29: register DB_RQ: address 0x1ff0 belongs to register DB_SQ\n" +
			"registers.yaml:84:29: register DB_CQ_CI: address 0x2000 belongs to register DB_RQ"},
	{"array over register", "registers.yaml", "{name: COUNTER,     at: 0x0400, access: ro, reads: live, count: 64,", "{name: COUNTER,     at: 0x0400, access: ro, reads: live, count: 800,",
		"registers.yaml:82:29: register DB_SQ: address 0x1000 belongs to register COUNTER\n" +
			"registers.yaml:83:29: register DB_RQ: address 0x1004 belongs to register COUNTER"},
	{"crooked address", "registers.yaml", "{name: MAC_HI,      at: 0x0024,", "{name: MAC_HI,      at: 0x0026,",
		"registers.yaml:25:29: register MAC_HI: address 0x0026 is not a multiple of 4"},
	{"outside of the address space", "registers.yaml", "{name: MAC_HI,      at: 0x0024,", "{name: MAC_HI,      at: 0x10000,",
		"registers.yaml:25:29: register MAC_HI: its end is outside of the 16-bit address space"},
	{"count without stride", "registers.yaml", "access: ro, reads: live, count: 64, stride: 4,", "access: ro, reads: live, count: 64,",
		"registers.yaml:81:12: register COUNTER: an array has count and stride"},
	{"crooked stride", "registers.yaml", "access: ro, reads: live, count: 64, stride: 4,", "access: ro, reads: live, count: 64, stride: 6,",
		"registers.yaml:81:81: register COUNTER: stride 6 is not a multiple of 4"},
	{"array of nothing", "registers.yaml", "access: ro, reads: live, count: 64, stride: 4,", "access: ro, reads: live, count: 0, stride: 4,",
		"registers.yaml:5:3: register array COUNTER is missing\n" +
			"registers.yaml:81:69: register COUNTER: an array has at least one element"},
	{"reset too wide", "registers.yaml", "reset: 0x474f4457,", "reset: 0x1474f4457,",
		"registers.yaml:5:73: register ID: reset 0x1474f4457 is wider than 32 bits"},
	{"ro without reads", "registers.yaml", "access: ro, reads: live, count: 64,", "access: ro, count: 64,",
		"registers.yaml:81:45: register COUNTER: ro registers, and no others, say what they read"},
	{"reads of a written register", "registers.yaml", "{name: SCRATCH,     at: 0x000c, access: rw,", "{name: SCRATCH,     at: 0x000c, access: rw, reads: live,",
		"registers.yaml:17:45: register SCRATCH: ro registers, and no others, say what they read"},
	{"reset of a live register", "registers.yaml", "access: ro, reads: live, count: 64,", "access: ro, reads: live, reset: 1, count: 64,",
		"registers.yaml:81:69: register COUNTER: only rw and constant registers have a reset"},
	{"register field outside", "registers.yaml", `{name: num_cq,    bits: "31:24",`, `{name: num_cq,    bits: "32:24",`,
		"registers.yaml:16:33: field num_cq: bits 32:24 are outside of a 32-bit register"},
	{"register fields overlap", "registers.yaml", `{name: num_cq,    bits: "31:24",`, `{name: num_cq,    bits: "31:23",`,
		"registers.yaml:16:33: field num_cq: bits 31:23 overlap field num_mr (23:16)"},
	{"counter twice", "registers.yaml", "{name: NAKS,         index: 7,", "{name: TIMEOUTS,     index: 7,",
		"registers.yaml:96:12: counter TIMEOUTS is already used at registers.yaml:93"},
	{"counter index twice", "registers.yaml", "{name: NAKS,         index: 7,", "{name: NAKS,         index: 6,",
		"registers.yaml:96:33: counter index 6 is already used at registers.yaml:95"},
	{"counter outside", "registers.yaml", "{name: NAKS,         index: 7,", "{name: NAKS,         index: 64,",
		"registers.yaml:96:33: counter NAKS: index 64 is outside of register COUNTER (64 elements)"},
	{"counter of unknown verdict", "registers.yaml", "index: 7, verdict: NAKED,", "index: 7, verdict: NAGGED,",
		"enums.yaml:84:16: verdict NAKED has no counter in registers.yaml\n" +
			"registers.yaml:96:45: counter NAKS: verdict NAGGED is not defined in enum Verdict"},
	{"verdict counted twice", "registers.yaml", "index: 7, verdict: NAKED,", "index: 7, verdict: DUPLICATE,",
		"enums.yaml:84:16: verdict NAKED has no counter in registers.yaml\n" +
			"registers.yaml:96:45: counter of verdict DUPLICATE is already used at registers.yaml:95"},
	// states
	{"state twice", "states.yaml", "{name: SQE,     code: 5,", "{name: SQD,     code: 5,",
		"packets.yaml:105:13: legality: state SQE is not defined in states.yaml\n" +
			"states.yaml:11:12: states: name SQD is already used at states.yaml:10"},
	{"state code twice", "states.yaml", "{name: SQE,     code: 5,", "{name: SQE,     code: 4,",
		"states.yaml:11:27: states: code 4 is already used at states.yaml:10"},
	{"state code too large", "states.yaml", "{name: SQE,     code: 5,", "{name: SQE,     code: 16,",
		"context.yaml:20:42: field state: 4 bits cannot hold SQE of enum State (code 16)\n" +
			"context.yaml:82:42: field saved_state: 4 bits cannot hold SQE of enum State (code 16)\n" +
			"states.yaml:11:27: states: code 16 of SQE is larger than 15"},
	{"transition: undefined state", "states.yaml", "{from: RESET,   to: STOPPED,", "{from: RESET,   to: STOPED,",
		"states.yaml:42:25: transition: state STOPED is not defined in states.yaml"},
	{"transition twice", "states.yaml", "{from: STOPPED, to: RTR, ", "{from: STOPPED, to: RTS, ",
		"states.yaml:45:5: transition STOPPED -> RTS via resume is already used at states.yaml:44"},
	{"transition without modify row", "states.yaml", "{from: RESET,   to: STOPPED, by: driver, via: load}", "{from: RESET,   to: STOPPED, by: driver, via: modify}",
		"states.yaml:42:5: transition RESET -> STOPPED via modify has no row in modify of context.yaml"},
	// timing
	{"clock stands", "timing.yaml", "tick_cycles: 1024", "tick_cycles: 0",
		"timing.yaml:2:36: clock: tick_cycles is 0"},
	{"parameter twice", "timing.yaml", "{name: EVENT_QUEUE,   value: 32,", "{name: MAX_FRAME,     value: 32,",
		"timing.yaml:6:3: parameter EVENT_QUEUE is missing\n" +
			"timing.yaml:12:12: parameter MAX_FRAME is already used at timing.yaml:11"},
	{"parameter too wide", "timing.yaml", "{name: EVENT_QUEUE,   value: 32,", "{name: EVENT_QUEUE,   value: 4294967296,",
		"timing.yaml:12:34: parameter EVENT_QUEUE: 4294967296 is wider than 32 bits"},
	{"RNR code missing", "timing.yaml", "rnr_ticks: [160000, 3, ", "rnr_ticks: [160000, ",
		"timing.yaml:15:12: rnr_ticks: want 32 values, got 31"},
	{"RNR code 0", "timing.yaml", "rnr_ticks: [160000, 3, ", "rnr_ticks: [160000, 0, ",
		"timing.yaml:15:21: rnr_ticks: 0 is not a 32-bit number from 1"},
	{"step of unknown cause", "timing.yaml", "{cause: DB_SQ, ", "{cause: DB_XQ, ",
		"timing.yaml:20:3: step: cause DB_SQ has no row\n" +
			"timing.yaml:27:13: step: cause DB_XQ is not defined in enum Cause"},
	{"parameter missing", "timing.yaml", "{name: TTL, ", "{name: HOPS, ",
		"timing.yaml:6:3: parameter TTL is missing"},
	{"attribute missing", "context.yaml", "  - {name: state,         bit: 0,  doc: \"IBV_QP_STATE\"}\n", "",
		"context.yaml:89:3: attribute state is missing"},
	{"no counters", "registers.yaml", "{name: COUNTER, ", "{name: COUNTERS, ",
		"registers.yaml:5:3: register array COUNTER is missing"},
	{"work missing", "timing.yaml", "{name: TAG,     base: 19, per_beat: 0,", "{name: SEAL,    base: 19, per_beat: 0,",
		"timing.yaml:36:3: work TAG is missing"},
	{"work twice", "timing.yaml", "{name: TAG,     base: 19,", "{name: PACKET,  base: 19,",
		"timing.yaml:36:3: work TAG is missing\n" +
			"timing.yaml:41:12: work PACKET is already used at timing.yaml:38"},
	{"work without beats", "timing.yaml", "{name: EMIT,    base: 1,  per_beat: 1,", "{name: EMIT,    base: 1,  per_beat: 0,",
		"timing.yaml:39:12: work EMIT: per_beat is 0"},
	{"work with beats", "timing.yaml", "{name: TAG,     base: 19, per_beat: 0,", "{name: TAG,     base: 19, per_beat: 2,",
		"timing.yaml:41:12: work TAG: per_beat is 2"},
	{"work too long", "timing.yaml", "{name: TAG,     base: 19,", "{name: TAG,     base: 65536,",
		"timing.yaml:41:27: work TAG: 65536 and 0 cycles are wider than 16 bits"},
	{"step twice", "timing.yaml", "{cause: DB_SQ, ", "{cause: DB_RQ, ",
		"timing.yaml:20:3: step: cause DB_SQ has no row\n" +
			"timing.yaml:28:13: step DB_RQ is already used at timing.yaml:27"},
}

func TestMistakes(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			files := copyOf(t)
			replace(t, files, m.file, m.old, m.new)
			_, err := Load(files)
			if got := strings.Join(lines(t, err), "\n"); got != m.want {
				t.Errorf("got\n%s\nwant\n%s", got, m.want)
			}
		})
	}
}

func TestMissingAndForeignFiles(t *testing.T) {
	files := copyOf(t)
	delete(files, "enums.yaml")
	files["extra.yaml"] = &fstest.MapFile{Data: []byte("a: 1\n")}
	files["states.yaml"] = &fstest.MapFile{Data: []byte("# nothing\n")}
	_, err := Load(files)
	want := "enums.yaml:1:1: cannot be read: open enums.yaml: file does not exist\n" +
		"extra.yaml:1:1: not a file of the specification\n" +
		"states.yaml:1:1: the file is empty"
	if got := strings.Join(lines(t, err), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
