# SPDX-License-Identifier: Apache-2.0
"""Prints, for each frame of captures, the ICRC that scapy computes and the one in the frame, or - if scapy sees no RoCEv2.

usage: icrc.py FILE...
"""
import sys

from scapy.all import PcapNgReader, PcapReader, raw
from scapy.contrib.roce import BTH
from scapy.layers.inet import UDP

for path in sys.argv[1:]:
    with (PcapNgReader if path.endswith("ng") else PcapReader)(path) as frames:
        for frame in frames:
            if BTH not in frame:
                print("-")
                continue
            bth = frame[BTH]
            # What follows the BTH, as bytes: to scapy the ICRC is a field of the BTH, and its layers know none of the other headers.
            print(BTH.compute_icrc(bth, raw(bth)).hex(), raw(frame[UDP].payload)[-4:].hex())
