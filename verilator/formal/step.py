#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One inductive step of the equality of two step engines, as a pair of combinational AIGs for yosys-abc cec.

usage: step.py RTL_DIR ENGINE0.aag ENGINE1.aag OUT [--let KIND] [--mutant N] [--idle-bank] [--pending] [--at NAME[:FIELD]]

ENGINE0 and ENGINE1 are the step engine with Migration 0 and 1. Both get the same inputs and start in related states:
registers of one name are equal, no queue pair is stopped, paused or about to announce itself, and the rest of the bank
`mig`, which ENGINE0 has not, is free in ENGINE1. Writes OUT.a.aig and OUT.b.aig, whose outputs are, pair by pair: each
output of the engine, the next value of each register, and of the relation itself. Exits 3 if a register or output of
one engine has no counterpart and is not known to have none. docs/proof.md says what this proves.

Controls, with which the two must differ: --let leaves one kind of the stimulus of migration in (stall, command, range,
opcode or nak), or compares what reads of CAP and STALL_STATUS answer, too (read). --mutant chooses a deliberate
difference of ENGINE1, 0 for none. --idle-bank starts from a bank that is as creation leaves it, as if nobody agreed on
migration, and demands that it stays so. --pending lets queue pairs have a RESUME pending. --at writes only the pairs of
one register or output, of a context those of one field: that is where the control has to differ.
"""
import argparse
import re
import sys

from aig import Aig, Engine

KINDS = ('stall', 'command', 'range', 'opcode', 'nak', 'read')
parser = argparse.ArgumentParser()
for name in ('rtl', 'file0', 'file1', 'out'):
    parser.add_argument(name)
parser.add_argument('--let', choices=KINDS)
parser.add_argument('--mutant', type=int)
parser.add_argument('--idle-bank', action='store_true')
parser.add_argument('--pending', action='store_true')
parser.add_argument('--at')
args = parser.parse_args()

PKG = ''.join(open('%s/%s' % (args.rtl, f)).read() for f in ('rdma_pkg.sv', 'rdma_step_types.svh'))


def const(name):
    m = re.search(r"localparam [^;=]*\b%s =\s*(\d+'h)?([0-9a-f_]+);" % name, PKG)
    return int(m.group(2).replace('_', ''), 16 if m.group(1) else 10)


def enum(module, last):
    """Values of the states of a module, by name."""
    text = open('%s/%s.sv' % (args.rtl, module)).read()
    m = re.search(r'typedef enum logic \[\d+:0\] \{([^}]*)\} %s;' % last, text)
    return {s: i for i, s in enumerate(re.findall(r'\bSt\w+', re.sub(r'//.*', '', m.group(1))))}


def field(name):
    lsb = const('Qpc%sLsb' % name)
    return range(lsb, lsb + const('Qpc%sFieldW' % name))


def image_of(bits):
    """Bits of the context image that hold these of the packed context."""
    m = re.search(r'qpc_from_image\[%d:%d\] = image\[(\d+):(\d+)\]' % (bits[-1], bits[0]), PKG)
    return range(int(m.group(2)), int(m.group(1)) + 1)


NUM_QP = 2
ST = enum('rdma_seq', 'st_e')
MIG_CMDS = [const(c) for c in ('CmdDumpQp', 'CmdLoadQp', 'CmdSetFwd')]
MIG_CAUSES = [const(c) for c in ('CauseStall', 'CauseActivate')]
MASK = const('QpcMaskMig')
FX_TAG = const('FxPktExtLsb') + 288 + 128 + 24 + 8 + 2  # of pkt_tag in fx_t

g = Aig()
e0, e1 = Engine(args.file0), Engine(args.file1)
ins = lambda name, n: [g.input('in:%s[%d]' % (name, i)) for i in range(n)]
regs = lambda name, n, lsb=0: [g.input('reg:%s[%d]' % (name, lsb + i)) for i in range(n)]
bits = lambda kind, name, n, lsb=0: ['%s:%s[%d]' % (kind, name, lsb + i) for i in range(n)]

# ---- state: what a register of both engines is known not to hold is turned into 0.
steered = {}  # name of an input or register -> what both engines see of it
avoided = []


def put(names, lits):
    steered.update(zip(names, lits))


def seen(name):
    return steered[name] if name in steered else g.input(name)


def avoid(name, n, values, lsb=0):
    lits = regs(name, n, lsb)
    put(bits('reg', name, n, lsb), g.steer(lits, g.one_of(lits, values), 0))
    avoided.append((['%s[%d]' % (name, lsb + i) for i in range(n)], values))


CORE = ['u_qps.core_q'] + ['u_qps.core_mem[%d]' % i for i in range(NUM_QP)]
STEP = ['c', 'qp_wctx']
MIG = ['u_qps.mig_q'] + ['u_qps.gen_mig.mig_mem[%d]' % i for i in range(NUM_QP)]
for c in STEP + CORE:
    avoid(c, 4, [const('StateStopped'), const('StatePaused')], const('QpcStateLsb'))
    avoid(c, 3, [const('TimerLease'), const('TimerResume')], const('QpcTimerLsb'))
avoid('cause', 8, MIG_CAUSES)
for n in range(16):
    avoid('u_csr.u_host.mem_q[%d]' % n, 8, MIG_CAUSES, 48)
avoid('u_seq.st_q', 5, [ST[s] for s in ('StWalk', 'StDrain', 'StTagWait', 'StTag', 'StTagSend')])
if args.let != 'command':
    avoid('cmd_arg2', 8, MIG_CMDS, 24)

# Registers with one value, and those of engine 1 alone, which may have any.
fixed0 = {'u_seq.walk_q': 0, 'fx[%d]' % FX_TAG: 0}
fixed1 = dict(fixed0)
own1 = {n for n in e1.latches if n == 'tag_ok' or n.startswith('gen_tag.')}
if args.mutant is not None:
    own1 |= {n for n in e1.latches if n not in e0.latches and n.split('.')[-1] in ('hold_q', 'late_q')}
PENDING = set(field('ResumePending'))
CREATED = {const('QpcMigLeaseLsb'), const('QpcMigAnnounceLsb')}  # creation leaves 1 here
for i in range(MASK.bit_length()):
    name = lambda c: '%s[%d]' % (c, i)
    live = MASK >> i & 1 and (i in CREATED if args.idle_bank else args.pending or i not in PENDING)
    if MASK >> i & 1:
        fixed0.update({name(c): 0 for c in STEP + CORE})
        fixed1.update({name(c): 0 for c in CORE})
        own1.update(name(c) for c in STEP + MIG if live)
        fixed1.update({name(c): 0 for c in STEP + MIG if not live})
    else:
        fixed1.update({name(c): 0 for c in MIG})

# ---- stimulus: what belongs to migration is turned into something else, for both engines alike.
addr, data, write = regs('reg_addr', 16), regs('reg_wdata', 32), g.input('reg:reg_write')
access = g.equal(regs('u_axil.state_q', 2), enum('rdma_axil', 'state_e')['StAccess'])
seq = [seen(n) for n in bits('reg', 'u_seq.st_q', 5)]
op, ext = ins('u_rx.pkt_opcode_o', 8), ins('u_rx.pkt_ext_o', 8)
command = [seen(n) for n in bits('reg', 'cmd_arg2', 8, 24)]
agrees = g.all([g.equal(seq, ST['StCmd']), g.equal(command, const('CmdModifyQp')),
                g.input('reg:cmd_arg2[%d]' % const('AttrMigBit'))])
stimuli = [
    ('stall', g.all([access, write, g.one_of(addr, [const('RegStall'), const('RegResume')])]),
     bits('reg', 'reg_addr', 16), const('RegId')),
    ('command', g.all([access, write, g.equal(addr, const('RegCmdGo')), g.one_of(data[:8], MIG_CMDS)]),
     bits('reg', 'reg_wdata', 8), 0),
    ('opcode', g.equal(op, const('OpMigration')), bits('in', 'u_rx.pkt_opcode_o', 8), 0xff),
    ('nak', g.conj(g.equal(op, const('OpAcknowledge')), g.equal(ext, const('SyndromeNakStopped'))),
     bits('in', 'u_rx.pkt_ext_o', 8), 0),
]
for f in ('MigLease', 'MigAnnounce'):
    at = image_of(field(f))
    line = bits('in', 'u_dma_rd.line_o', len(at), at[0])
    stimuli.append(('range', g.conj(agrees, g.equal([g.input(n) for n in line], 0)), line, 1))
stimuli = [s for s in stimuli if s[0] != args.let]
trigger = g.any([s[1] for s in stimuli])
harmless = []
for _, when, names, value in stimuli:
    assert not any(n in steered for n in names)
    put(names, g.steer([g.input(n) for n in names], when, value))
    harmless += names

# ---- what a read of CAP or STALL_STATUS answers, from the access until the next one.
answer = lambda addr, write: (g.conj(g.equal(addr, const('RegCap')), write ^ 1),
                              g.conj(g.equal(addr, const('RegStallStatus')), write ^ 1))


def may_differ(addr, write):
    """Names of the registers of the answer, and when engine 1 may have others."""
    cap, status = answer(addr, write) if args.let != 'read' else (0, 0)
    r = {'s_axil_rdata[%d]' % i: status for i in range(32)}
    r['s_axil_rdata[%d]' % const('RegCapMigrationLsb')] = g.disj(cap, status)
    r.update({'s_axil_bresp[%d]' % i: status for i in range(2)})
    return r


differ = may_differ([seen(n) for n in bits('reg', 'reg_addr', 16)], write)


def state(which):
    fixed = (fixed0, fixed1)[which]

    def lit(n):
        if n in fixed:
            return fixed[n]
        if which and n in own1:
            return g.input('own:' + n)
        if which and n in differ:
            return g.xor(seen('reg:' + n), g.conj(differ[n], g.input('own:' + n)))
        return seen('reg:' + n)
    return lit


def inputs(n):
    m = re.search(r'u_mutant\.which_o\[(\d+)\]$', n)
    return args.mutant >> int(m.group(1)) & 1 if m else seen('in:' + n)


out0, next0 = e0.build(g, inputs, state(0))
out1, next1 = e1.build(g, inputs, state(1))

# ---- obligations
pairs = []
# Power-up, all registers 0, is in the relation.
assert not any(fixed0.values()) and not any(fixed1.values()) and not any(0 in v for _, v in avoided)
# Without the stimulus nothing is turned: what holds of the turned step holds of the step as long as there is none.
for n in harmless:
    pairs.append(('unturned ' + n, g.conj(g.xor(steered[n], g.input(n)), trigger ^ 1), 0))

every = set(e0.latches) | set(e1.latches) | {'in:' + n for n in set(e0.inputs) | set(e1.inputs)}
lone = [n for n in next1 if n not in next0 and n not in fixed1 and n not in own1]
lone += [n for n in next0 if n not in next1 and n not in fixed0] + sorted(set(out0) ^ set(out1))
# A name that no engine has would make its restriction say nothing.
known = [n for names, _ in avoided for n in names] + [n.replace('reg:', '', 1) for n in harmless] + list(differ)
known += ['reg_write'] + ['u_axil.state_q[%d]' % i for i in range(2)]
lone += [n for n in known + list(fixed0) if n not in every]
for n in lone:
    print('step.py: no counterpart of %s' % n)
if lone:
    sys.exit(3)

IMG_MIG = range(0x90 * 8, 0xd0 * 8)
assert all(image_of(field(f))[0] in IMG_MIG for f in ('MigCapable', 'MigKey'))
masked_rec = {'retire_rec_o[%d]' % (const('RetireCtxLsb') + i) for i in IMG_MIG}
image_out = g.conj(g.equal([out0['u_dma_wr.req_len_i[%d]' % i] for i in range(16)], 256),
                   out0['u_dma_wr.req_from_rx_i'] ^ 1)
masked = {'u_dma_wr.line_i[%d]' % i: image_out for i in IMG_MIG}
for n, when in differ.items():  # registers of the answer have the names of its pins; both responses are one
    masked[n] = masked[n.replace('bresp', 'rresp')] = when
lone = [n for n in masked if n not in out0]
assert not lone, lone
for n, x in out0.items():
    if n not in masked_rec:
        when = masked.get(n, 0)
        pairs.append(('output ' + n, g.conj(x, when ^ 1), g.conj(out1[n], when ^ 1)))
differ_next = may_differ([next0['reg_addr[%d]' % i] for i in range(16)], next0['reg_write'])
for n, x in next0.items():
    if n in fixed0:
        pairs.append(('idle0 ' + n, x, fixed0[n]))
    elif n in next1:
        when = differ_next.get(n, 0)
        pairs.append(('register ' + n, g.conj(x, when ^ 1), g.conj(next1[n], when ^ 1)))
for n, x in next1.items():
    if n in fixed1:
        pairs.append(('idle1 ' + n, x, fixed1[n]))
for names, values in avoided:
    pairs.append(('avoids ' + names[0], g.one_of([next0[n] for n in names], values), 0))

if args.at:
    at, _, part = args.at.partition(':')
    names = {'%s[%d]' % (at, i) for i in (field(part) if part else range(MASK.bit_length()))}
    pairs = [p for p in pairs if p[0].split(' ')[1] in names]
    if not pairs:
        sys.exit('step.py: nothing is named %s' % args.at)
todo = [p for p in pairs if p[1] != p[2]]
print('pairs %d open %d masked %d own %d ands %d inputs %d' %
      (len(pairs), len(todo), len(masked_rec) + len(masked), len(own1), len(g.ands), len(g.names)))
with open(args.out + '.pairs', 'w') as f:
    for n, _, _ in todo:
        f.write(n + '\n')
g.write(args.out + '.a.aig', [p[1] for p in todo] or [0])
g.write(args.out + '.b.aig', [p[2] for p in todo] or [0])
