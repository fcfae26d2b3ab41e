# SPDX-License-Identifier: Apache-2.0
"""Compiles a register map and prints a line for each field of each register: what systemrdl-compiler made of it.

usage: rdl_walk.py FILE      FILE is SystemRDL, or IP-XACT if its name ends in .xml (read by peakrdl-ipxact)
"""
import sys
import tempfile

from peakrdl_ipxact import IPXACTImporter
from systemrdl import RDLCompiler
from systemrdl.node import RegNode
from systemrdl.rdltypes import AccessType, OnReadType

path = sys.argv[1]
rdl = RDLCompiler()
if path.endswith(".xml"):
    # SystemRDL lets only external registers have a read action of their own, and the importer does not make one external.
    with open(path) as file, tempfile.NamedTemporaryFile("w", suffix=".xml") as without:
        without.write(file.read().replace("<ipxact:readAction>modify</ipxact:readAction>", ""))
        without.flush()
        IPXACTImporter(rdl).import_file(without.name)
    root = rdl.elaborate()
else:
    rdl.compile_file(path)
    root = rdl.elaborate(top_def_name="godwit")

ACCESS = {AccessType.r: "ro", AccessType.rw: "rw", AccessType.w: "wo"}


def reads(field):
    if path.endswith(".xml"):
        return "."  # the importer makes something up
    if field.get_property("onread") == OnReadType.ruser:
        return "take"
    if ACCESS[field.get_property("sw")] != "ro":
        return "-"
    return "constant" if field.get_property("hw") == AccessType.na else "hardware"


for node in root.top.descendants(unroll=True):
    if not isinstance(node, RegNode):
        continue
    assert node.get_property("regwidth") == 32
    for f in node.fields():
        reset = f.get_property("reset")
        print(node.get_rel_path(root.top).removeprefix("godwit."), f"{node.absolute_address:04x}", f.inst_name, ACCESS[f.get_property("sw")],
              reads(f), f.lsb, f.width, "-" if reset is None else f"{reset:x}")
