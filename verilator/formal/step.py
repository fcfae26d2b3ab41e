#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One inductive step of the equality of two step engines, as a pair of combinational AIGs for yosys-abc cec.

usage: step.py RTL_DIR ENGINE0.aag ENGINE1.aag OUT [--free] [--extra]

ENGINE0 and ENGINE1 are the step engine with Migration 0 and 1. Both get the same inputs and start in related states:
registers of one name are equal, and what only an active migration unit sets has its idle value. Writes OUT.a.aig and
OUT.b.aig, whose outputs are, pair by pair: each output of the engine, the next value of each register, and of the
relation itself. Exits 3 if a register or output of one engine has no counterpart and is not known to have none.
--free leaves the stimulus of migration in (control: the two must then differ). --extra lets ENGINE1 have registers of
its own, of any value (for controls).
docs/proof.md says what this proves.
"""
import re
import sys

rtl, file0, file1, out = sys.argv[1:5]
free = '--free' in sys.argv[5:]
extra = '--extra' in sys.argv[5:]

PKG = open(rtl + '/rdma_pkg.sv').read()
SEQ = open(rtl + '/rdma_seq.sv').read()


def const(name):
    m = re.search(r"localparam [^;=]*\b%s = (?:\d+'h)?([0-9a-f_]+);" % name, PKG)
    hexa = re.search(r"\b%s = \d+'h" % name, PKG)
    return int(m.group(1).replace('_', ''), 16 if hexa else 10)


# Inputs get numbers 1..MAX_IN, AND nodes the numbers behind them.
MAX_IN = 1 << 16


class Aig:
    def __init__(self):
        self.names, self.ands, self.table = {}, [], {}

    def input(self, name):
        if name not in self.names:
            assert len(self.names) < MAX_IN - 1
            self.names[name] = 2 * (len(self.names) + 1)
        return self.names[name]

    def conj(self, a, b):
        if a > b:
            a, b = b, a
        if a == 0 or a ^ b == 1:
            return 0
        if a == 1 or a == b:
            return b
        lit = self.table.get((a, b))
        if lit is None:
            lit = self.table[a, b] = 2 * (MAX_IN + len(self.ands))
            self.ands.append((a, b))
        return lit

    def disj(self, a, b):
        return self.conj(a ^ 1, b ^ 1) ^ 1

    def mux(self, s, a, b):
        return self.disj(self.conj(s, a), self.conj(s ^ 1, b))

    def all(self, lits):
        r = 1
        for x in lits:
            r = self.conj(r, x)
        return r

    def any(self, lits):
        return self.all([x ^ 1 for x in lits]) ^ 1

    def equal(self, lits, value):
        return self.all([x ^ 1 ^ (value >> i & 1) for i, x in enumerate(lits)])

    def one_of(self, lits, values):
        return self.any([self.equal(lits, v) for v in values])


class Engine:
    """An ASCII AIGER file; names are NAME[BIT], registers by their first alias."""

    def __init__(self, path):
        with open(path) as f:
            _, _, i, l, o, a = f.readline().split()[:6]
            i, l, o, a = int(i), int(l), int(o), int(a)
            ins = [int(f.readline()) for _ in range(i)]
            lat = [tuple(map(int, f.readline().split()[:2])) for _ in range(l)]
            outs = [int(f.readline()) for _ in range(o)]
            self.ands = [tuple(map(int, f.readline().split())) for _ in range(a)]
            sym = {}
            for line in f:
                if line[0] == 'c':
                    break
                key, name = line.rstrip('\n').split(' ', 1)
                sym[key] = name.split(' ')[0]
        def table(kind, lits):
            r = {}
            for n, x in enumerate(lits):
                name = sym.get(kind + str(n))
                if name is None:
                    sys.exit('step.py: %s: %s%d has no name' % (path, kind, n))
                if name in r:
                    sys.exit('step.py: %s: two of %s' % (path, name))
                r[name] = x
            return r
        self.inputs, self.latches, self.outputs = table('i', ins), table('l', lat), table('o', outs)

    def build(self, g, inputs, state):
        """Literals of outputs and next values, in g, for these literals of inputs and registers."""
        v = {0: 0}
        for name, lit in self.inputs.items():
            v[lit] = inputs(name)
        for name, (lit, _) in self.latches.items():
            v[lit] = state(name)
        get = lambda x: v[x & ~1] ^ (x & 1)
        # AIGER orders neither; yosys writes children first.
        for o, a, b in self.ands:
            v[o] = g.conj(get(a), get(b))
        return ({n: get(x) for n, x in self.outputs.items()},
                {n: get(x[1]) for n, x in self.latches.items()})


g = Aig()
e0, e1 = Engine(file0), Engine(file1)
NUM_QP = 2

# ---- stimulus: what belongs to migration is turned into something else, for both engines alike.
raw = g.input
vec = lambda name, n: [raw('%s[%d]' % (name, i)) for i in range(n)]
stim = {}


def put(name, lits):
    for i, x in enumerate(lits):
        stim['%s[%d]' % (name, i)] = x


def steer(lits, when, value):
    return [g.mux(when, value >> i & 1, x) for i, x in enumerate(lits)]


if not free:
    addr = vec('u_axil.reg_addr_o', 16)
    bad_addr = g.one_of(addr, [const(r) for r in ('RegStall', 'RegStallStatus', 'RegResume', 'RegCap')])
    put('u_axil.reg_addr_o', steer(addr, bad_addr, const('RegId')))
    data = vec('u_axil.reg_wdata_o', 32)
    MIG_CMDS = [const(c) for c in ('CmdDumpQp', 'CmdLoadQp', 'CmdSetFwd')]
    go = g.all([raw('u_axil.reg_valid_o'), raw('u_axil.reg_write_o'), g.equal(addr, const('RegCmdGo'))])
    attr = raw('reg:u_csr.arg1_q[%d]' % const('AttrMigBit'))
    bad_cmd = g.conj(go, g.disj(g.one_of(data[:8], MIG_CMDS), g.conj(g.equal(data[:8], const('CmdModifyQp')), attr)))
    put('u_axil.reg_wdata_o', steer(data[:8], bad_cmd, 0))
    op = vec('u_rx.pkt_opcode_o', 8)
    bad_op = g.equal(op, const('OpMigration'))
    put('u_rx.pkt_opcode_o', steer(op, bad_op, 0xff))
    ext = vec('u_rx.pkt_ext_o', 8)
    nak = g.conj(g.equal(op, const('OpAcknowledge')), g.equal(ext, const('SyndromeNakStopped')))
    put('u_rx.pkt_ext_o', steer(ext, nak, 0))

def inputs(name):
    return stim[name] if name in stim else raw(name)


# ---- state: related registers. `fixed` are registers with one idle value, `steered` groups avoid some values.
mask = re.search(r"QpcMaskMig =\s*\d+'h([0-9a-f_]+);", PKG).group(1)
MASK = int(mask.replace('_', ''), 16)
QPC = MASK.bit_length()
DEFAULTS = {const('QpcMigLeaseLsb'), const('QpcMigAnnounceLsb')}  # creation leaves 1 here with Migration = 1
CTX = ['c', 'qp_wctx', 'u_qps.core_q'] + ['u_qps.core_mem[%d]' % i for i in range(NUM_QP)]
STEP = ['c', 'qp_wctx']
MIG = ['u_qps.mig_q', ] + ['u_qps.gen_mig.mig_mem[%d]' % i for i in range(NUM_QP)]
enum = re.search(r'typedef enum logic \[\d+:0\] \{(.*?)\} st_e;', SEQ, re.S).group(1)
ST = [x.split()[0].rstrip(',') for x in enum.splitlines() if re.match(r'\s*St\w+', x)]
ST_MIG = [ST.index(s) for s in ('StWalk', 'StDrain', 'StTagWait', 'StTag', 'StTagSend')]

steered = []
for c in CTX:
    steered.append((['%s[%d]' % (c, const('QpcStateLsb') + i) for i in range(4)],
                    [const('StateStopped'), const('StatePaused')]))
    steered.append((['%s[%d]' % (c, const('QpcTimerLsb') + i) for i in range(3)],
                    [const('TimerLease'), const('TimerResume')]))
MIG_CAUSES = [const('CauseStall'), const('CauseActivate')]
steered.append((['cause[%d]' % i for i in range(8)], MIG_CAUSES))
for n in range(16):
    steered.append((['u_csr.u_host.mem_q[%d][%d]' % (n, 48 + i) for i in range(8)], MIG_CAUSES))
steered.append((['u_seq.st_q[%d]' % i for i in range(5)], ST_MIG))
steered.append((['cmd_arg2[%d]' % (24 + i) for i in range(8)], [const(c) for c in ('CmdDumpQp', 'CmdLoadQp', 'CmdSetFwd')]))

FX_TAG = 545
fixed = {'u_seq.walk_q': 0, 'fx[%d]' % FX_TAG: 0}
fixed0, fixed1 = dict(fixed), dict(fixed)
own1 = {'tag_ok'}  # registers of engine 1 alone, free
for i in range(QPC):
    if MASK >> i & 1:
        for c in CTX:
            n = '%s[%d]' % (c, i)
            fixed0[n] = 0
            if c in STEP and i in DEFAULTS:
                own1.add(n)
            else:
                fixed1[n] = 0
    for c in MIG:
        n = '%s[%d]' % (c, i)
        if MASK >> i & 1 and i in DEFAULTS:
            own1.add(n)
        else:
            fixed1[n] = 0

if extra:
    own1 |= {n for n in e1.latches if n not in e0.latches and n not in fixed1}

steer_lit = {}
reg = lambda n: raw('reg:' + n)
for names, values in steered:
    lits = [reg(n) for n in names]
    bad = g.one_of(lits, values)
    for n, x in zip(names, steer(lits, bad, 0)):
        steer_lit[n] = x
# cmd_arg2: MODIFY_QP has not attribute mig.
arg_bit = 'cmd_arg2[%d]' % const('AttrMigBit')
is_modify = lambda lit: g.equal([lit('cmd_arg2[%d]' % (24 + i)) for i in range(8)], const('CmdModifyQp'))
steer_lit[arg_bit] = g.conj(reg(arg_bit), is_modify(lambda n: steer_lit[n]) ^ 1)


def state(which):
    fix = (fixed0, fixed1)[which]

    def lit(n):
        if n in fix:
            return fix[n]
        if which == 1 and (n in own1 or n.startswith('gen_tag.')):
            return raw('own:' + n)
        return steer_lit[n] if n in steer_lit else reg(n)
    return lit


out0, next0 = e0.build(g, inputs, state(0))
out1, next1 = e1.build(g, inputs, state(1))

# ---- obligations
pairs = []
# Power-up, all registers 0, is in the relation.
assert not any(fixed0.values()) and not any(fixed1.values()) and not any(0 in v for _, v in steered)
# Without migration stimulus (trigger) the steered inputs are the inputs: the sticky form follows from the steered one.
if not free:
    trigger = g.any([bad_addr, bad_cmd, bad_op, nak])
    for n, x in stim.items():
        pairs.append(('steering ' + n, g.conj(g.mux(x, raw(n) ^ 1, raw(n)), trigger ^ 1), 0))
lone = [n for n in next1 if n not in next0 and n not in fixed1 and n not in own1 and not n.startswith('gen_tag.')]
lone += [n for n in next0 if n not in next1 and n not in fixed0] + sorted(set(out0) ^ set(out1))
for n in lone:
    print('step.py: no counterpart of %s' % n)

IMG_MIG = range(0x90 * 8, 0xd0 * 8)
ctx_at = const('RetireCtxLsb')
masked_rec = {'retire_rec_o[%d]' % (ctx_at + i) for i in IMG_MIG}
image_out = g.conj(g.equal([out0['u_dma_wr.req_len_i[%d]' % i] for i in range(16)], 256),
                   out0['u_dma_wr.req_from_rx_i'] ^ 1)
masked_line = {'u_dma_wr.line_i[%d]' % i for i in IMG_MIG}
for n, x in out0.items():
    if n not in out1 or n in masked_rec:
        continue
    y = out1[n]
    if n in masked_line:
        x, y = g.conj(x, image_out ^ 1), g.conj(y, image_out ^ 1)
    pairs.append(('output ' + n, x, y))
for n, x in next0.items():
    if n in fixed0:
        pairs.append(('idle0 ' + n, x, fixed0[n]))
    elif n in next1:
        pairs.append(('register ' + n, x, next1[n]))
for n, x in next1.items():
    if n in fixed1:
        pairs.append(('idle1 ' + n, x, fixed1[n]))
missing = []
for names, values in steered:
    if any(n not in next0 for n in names):
        missing.append(names[0])
        continue
    pairs.append(('avoids ' + names[0], g.one_of([next0[n] for n in names], values), 0))
pairs.append(('avoids MODIFY_QP mig', g.conj(next0[arg_bit], is_modify(lambda n: next0[n])), 0))
for n in missing:
    print('step.py: no register %s' % n)

todo = [p for p in pairs if p[1] != p[2]]
print('pairs %d open %d masked %d ands %d inputs %d' %
      (len(pairs), len(todo), len(masked_rec) + len(masked_line), len(g.ands), len(g.names)))
with open(out + '.pairs', 'w') as f:
    for n, _, _ in todo:
        f.write(n + '\n')


def write(path, lits):
    """Binary AIGER of the cone of lits over all inputs."""
    need, stack = set(), [x >> 1 for x in lits]
    while stack:
        n = stack.pop()
        if n >= MAX_IN and n not in need:
            need.add(n)
            stack += [c >> 1 for c in g.ands[n - MAX_IN]]
    number = {n: i + 1 + len(g.names) for i, n in enumerate(sorted(need))}
    lit = lambda x: 2 * number[x >> 1] + (x & 1) if x >> 1 >= MAX_IN else x

    def leb(n):
        r = bytearray()
        while n > 127:
            r.append(n & 127 | 128)
            n >>= 7
        r.append(n)
        return r
    with open(path, 'wb') as f:
        f.write(b'aig %d %d 0 %d %d\n' % (len(g.names) + len(need), len(g.names), len(lits), len(need)))
        for x in lits:
            f.write(b'%d\n' % lit(x))
        for n in sorted(need):
            a, b = sorted((lit(c) for c in g.ands[n - MAX_IN]), reverse=True)
            o = 2 * number[n]
            f.write(leb(o - a) + leb(a - b))


write(out + '.a.aig', [p[1] for p in todo] or [0])
write(out + '.b.aig', [p[2] for p in todo] or [0])
sys.exit(3 if lone or missing else 0)
