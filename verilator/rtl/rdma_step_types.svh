// SPDX-License-Identifier: Apache-2.0
//
// What a protocol unit says a step does to the world: the hardware twin of qp.Effects.
// Included into rdma_pkg, behind the generated part. The sequencer carries the effects out in the order
// payload write, CQE, packet, timer, event.

localparam int unsigned FxW = 638;
localparam int unsigned FxPktExtLsb = 95;  // of pkt_ext in fx_t

typedef struct packed {
  logic [7:0]   verdict;     // Verdict*
  logic         write;       // write the received payload at the looked-up address
  logic         cqe;         // write a completion
  logic [7:0]   cqe_cqn;
  logic [7:0]   cqe_opcode;
  logic [31:0]  cqe_len;
  logic [15:0]  cqe_idx;
  logic [7:0]   cqe_status;
  logic [7:0]   cqe_vendor;
  logic         pkt;         // send a packet
  logic         pkt_retx;    // its PSN was sent before
  logic         pkt_tag;     // its METH needs a tag
  logic         pkt_se;
  logic         pkt_ackreq;
  logic [7:0]   pkt_op;
  logic [23:0]  pkt_psn;
  logic [127:0] pkt_dst;     // byte 0 in bits 7:0
  logic [287:0] pkt_ext;     // extension headers as on the wire, byte 0 in bits 7:0
  logic [5:0]   pkt_ext_len;
  logic [31:0]  pkt_off;     // payload: pkt_len bytes at the looked-up address + pkt_off
  logic [15:0]  pkt_len;
  logic         tset;        // arm the timer of the context for `ticks`
  logic [31:0]  ticks;
  logic [7:0]   event_kind;  // Event*, or EventNone
} fx_t;

// Byte order: numbers to and from the wire.
function [15:0] swap16(input [15:0] x);
  swap16 = {x[7:0], x[15:8]};
endfunction

function [23:0] swap24(input [23:0] x);
  swap24 = {x[7:0], x[15:8], x[23:16]};
endfunction

function [31:0] swap32(input [31:0] x);
  swap32 = {x[7:0], x[15:8], x[23:16], x[31:24]};
endfunction

function [63:0] swap64(input [63:0] x);
  swap64 = {swap32(x[31:0]), swap32(x[63:32])};
endfunction

// Serial numbers (model/psn): a is before b. Half the space away counts as before, both ways.
function psn_less(input [23:0] a, input [23:0] b);
  logic [23:0] d;
  d = a - b;
  psn_less = d[23];
endfunction

// p lies in [una, max]: a responder may claim it as its ePSN.
function psn_may_ack(input [23:0] una, input [23:0] max, input [23:0] p);
  logic [23:0] d;
  logic [23:0] w;
  d = p - una;
  w = max - una;
  psn_may_ack = d <= w;
endfunction

// Epoch a is newer than b: 1..2^15-1 ahead. Half the space away is neither newer nor older.
function epoch_newer(input [15:0] a, input [15:0] b);
  logic [15:0] d;
  d = a - b;
  epoch_newer = d != 16'd0 && !d[15];
endfunction
