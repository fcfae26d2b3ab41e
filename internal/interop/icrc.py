# SPDX-License-Identifier: Apache-2.0
"""For each Ethernet frame, a line of hexadecimal digits on standard input, prints the ICRC that scapy computes for it, or
- if scapy sees no RoCEv2 in it."""
import sys

from scapy.contrib.roce import BTH
from scapy.layers.l2 import Ether
from scapy.packet import raw

for line in sys.stdin:
    frame = Ether(bytes.fromhex(line))
    if BTH not in frame:
        print("-")
        continue
    bth = frame[BTH]
    # What follows the BTH, as bytes: to scapy the ICRC is a field of the BTH, and its layers know few of the other headers.
    print(BTH.compute_icrc(bth, raw(bth)).hex())
