# SPDX-License-Identifier: Apache-2.0
"""And-inverter graphs: built with structural hashing, read from ASCII AIGER, written as binary AIGER."""
import sys

# Inputs get numbers 1..MAX_IN, AND nodes the numbers behind them.
MAX_IN = 1 << 16


class Aig:
    """Literals are AIGER's: twice a node's number, plus one for its complement; 0 and 1 are the constants."""

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

    def xor(self, a, b):
        return self.mux(a, b ^ 1, b)

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

    def steer(self, lits, when, value):
        """lits, but the value `value` when `when`."""
        return [self.mux(when, value >> i & 1, x) for i, x in enumerate(lits)]

    def write(self, path, lits):
        """Binary AIGER of the cone of lits over all inputs."""
        need, stack = set(), [x >> 1 for x in lits]
        while stack:
            n = stack.pop()
            if n >= MAX_IN and n not in need:
                need.add(n)
                stack += [c >> 1 for c in self.ands[n - MAX_IN]]
        number = {n: i + 1 + len(self.names) for i, n in enumerate(sorted(need))}
        lit = lambda x: 2 * number[x >> 1] + (x & 1) if x >> 1 >= MAX_IN else x

        def leb(n):
            r = bytearray()
            while n > 127:
                r.append(n & 127 | 128)
                n >>= 7
            r.append(n)
            return r
        with open(path, 'wb') as f:
            f.write(b'aig %d %d 0 %d %d\n' % (len(self.names) + len(need), len(self.names), len(lits), len(need)))
            for x in lits:
                f.write(b'%d\n' % lit(x))
            for n in sorted(need):
                a, b = sorted((lit(c) for c in self.ands[n - MAX_IN]), reverse=True)
                o = 2 * number[n]
                f.write(leb(o - a) + leb(a - b))


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
                    sys.exit('aig.py: %s: %s%d has no name' % (path, kind, n))
                if name in r:
                    sys.exit('aig.py: %s: two of %s' % (path, name))
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
