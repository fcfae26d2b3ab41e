# SPDX-License-Identifier: Apache-2.0
"""Compiles a UVM register model with slang, runs the build functions of its block, and prints a line for each field of each register.

usage: ral_walk.py SLANG-ARGUMENT...
slang finds and types every name against the package that stands in for UVM; the functions of that package are done here.
"""
import sys

from pyslang import ast, driver

d = driver.Driver()
d.addStandardArgs()
if not (d.parseCommandLine(" ".join(sys.argv)) and d.processOptions() and d.parseAllSources()):
    sys.exit("slang does not take the arguments")
compilation = d.createCompilation()
d.reportCompilation(compilation, False)
if not d.reportDiagnostics(True):
    sys.exit("slang does not accept it")
package = compilation.getPackage("godwit_ral_pkg")
K, S = ast.ExpressionKind, ast.StatementKind


class Object:
    """An object of one of the classes: what the library keeps, and the properties that were assigned."""

    def __init__(self, cls, name):
        self.cls, self.name, self.parent, self.fields, self.props = cls, name, None, [], {}

    def path(self):
        return self.name if self.parent is None else self.parent.path() + "." + self.name

    def run(self, function, *args):
        f = package.find(self.cls).find(function)
        run(f.body, self, dict(zip((a.name for a in f.arguments), args)))


def library(obj, name, args):
    """What UVM does in its functions, as far as it shows."""
    if name == "create_map":
        assert args == ["default_map", 0, 4, "UVM_LITTLE_ENDIAN", 1], args
        return "map"
    if name == "configure" and isinstance(args[0], Object) and len(args) == 9:
        args[0].fields.append((obj.name, *args[1:]))
    elif name == "configure":
        obj.parent = args[1]
    elif name == "add_reg":
        maps.append((args[0], args[1], args[2]))
    elif name == "get_full_name":
        return obj.path()
    elif name == "set":
        assert args[1:3] == ["NO_REG_TESTS", 1], args
        untested.append(args[0])
    elif name == "lock_model":
        maps.append(None)
    elif name != "get_block":
        raise ValueError(name)
    return None


def call(e, this, env):
    args = [value(a, this, env) for a in e.arguments]
    if e.isSystemCall:
        assert e.subroutineName == "$sformatf"
        return args[0].replace("%0d", str(args[1]))
    if e.subroutineName == "create":
        return Object(e.type.canonicalType.name, args[0])
    obj = value(e.thisClass, this, env) if e.thisClass is not None else this
    if isinstance(obj, Object) and e.subroutineName in ("build", "map"):
        return obj.run(e.subroutineName, *args)
    return library(obj, e.subroutineName, args)


def value(e, this, env):
    if e.kind == K.Conversion:
        return value(e.operand, this, env)
    if e.kind in (K.IntegerLiteral, K.UnbasedUnsizedIntegerLiteral):
        return int(e.value)
    if e.kind == K.StringLiteral:
        return e.value
    if e.kind == K.NullLiteral:
        return None
    if e.kind == K.NamedValue:
        name = e.symbol.name
        if e.symbol.kind == ast.SymbolKind.EnumValue:
            return name
        return this if name == "this" else env[name] if name in env else this.props[name]
    if e.kind == K.ElementSelect:
        return this.props[e.value.symbol.name, value(e.selector, this, env)]
    if e.kind == K.Concatenation:
        return "".join(value(o, this, env) for o in e.operands)
    if e.kind == K.BinaryOp:
        a, b = value(e.left, this, env), value(e.right, this, env)
        return {ast.BinaryOperator.Add: lambda: a + b, ast.BinaryOperator.Multiply: lambda: a * b, ast.BinaryOperator.LessThan: lambda: a < b}[e.op]()
    if e.kind == K.Call:
        return call(e, this, env)
    raise ValueError(e.kind)


def run(s, this, env):
    if s.kind == S.List:
        for inner in s.list:
            run(inner, this, env)
    elif s.kind == S.Block:
        run(s.body, this, env)
    elif s.kind == S.VariableDeclaration:
        env[s.symbol.name] = value(s.symbol.initializer, this, env)
    elif s.kind == S.ForLoop:
        for v in s.loopVars:
            env[v.name] = value(v.initializer, this, env)
        assert len(s.steps) == 1 and str(s.steps[0].syntax).strip() == "i++"
        while value(s.stopExpr, this, env):
            run(s.body, this, env)
            env["i"] += 1
    elif s.kind == S.ExpressionStatement and s.expr.kind == K.Assignment:
        left = s.expr.left
        key = left.symbol.name if left.kind == K.NamedValue else (left.value.symbol.name, value(left.selector, this, env))
        this.props[key] = value(s.expr.right, this, env)
    elif s.kind == S.ExpressionStatement:
        call(s.expr, this, env)
    elif s.kind != S.Empty:
        raise ValueError(s.kind)


maps, untested = [], []
block = Object("godwit_reg_block", "godwit")
block.run("build")
assert maps.pop() is None, "the model is not locked"
for reg, at, rights in maps:
    for name, bits, lsb, access, volatile, reset, has_reset, _, _ in reg.fields:
        assert access == rights
        reads = "-" if access != "RO" else "fixed" if not volatile else "take" if "REG::" + reg.path() in untested else "live"
        print(reg.path(), f"{at:04x}", name, access.lower(), reads, lsb, bits, f"{reset:x}" if has_reset else "-")
