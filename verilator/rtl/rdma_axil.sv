// SPDX-License-Identifier: Apache-2.0
//
// rdma_axil: AXI4-Lite slave in front of the register bus.
// One access at a time; reads and writes alternate while both wait. A write with a partial strobe and any access to an
// address that is not a multiple of 4 answer SLVERR without reaching the register bus.
// Latency: 2 cycles from address (and data) to reg_valid_o, 1 from reg_ready_i to the response. Throughput 1 access per 4 cycles.
`include "rdma_assert.svh"
`default_nettype none
module rdma_axil (
  /// Clock.
  input  logic        clk_i,
  /// Asynchronous reset, active low.
  input  logic        rst_ni,
  /// Write address.
  input  logic [15:0] s_axil_awaddr,
  /// Write address valid.
  input  logic        s_axil_awvalid,
  /// Write address taken.
  output logic        s_axil_awready,
  /// Write data.
  input  logic [31:0] s_axil_wdata,
  /// Write byte strobes.
  input  logic [3:0]  s_axil_wstrb,
  /// Write data valid.
  input  logic        s_axil_wvalid,
  /// Write data taken.
  output logic        s_axil_wready,
  /// Write response: 0 OKAY, 2 SLVERR.
  output logic [1:0]  s_axil_bresp,
  /// Write response valid.
  output logic        s_axil_bvalid,
  /// Write response taken.
  input  logic        s_axil_bready,
  /// Read address.
  input  logic [15:0] s_axil_araddr,
  /// Read address valid.
  input  logic        s_axil_arvalid,
  /// Read address taken.
  output logic        s_axil_arready,
  /// Read data, 0 with SLVERR.
  output logic [31:0] s_axil_rdata,
  /// Read response: 0 OKAY, 2 SLVERR.
  output logic [1:0]  s_axil_rresp,
  /// Read response valid.
  output logic        s_axil_rvalid,
  /// Read response taken.
  input  logic        s_axil_rready,
  /// Register access; held until reg_ready_i.
  output logic        reg_valid_o,
  /// 1: write, 0: read.
  output logic        reg_write_o,
  /// Byte address, a multiple of 4.
  output logic [15:0] reg_addr_o,
  /// Data to write.
  output logic [31:0] reg_wdata_o,
  /// Access done; data and error are valid now.
  input  logic        reg_ready_i,
  /// Data read.
  input  logic [31:0] reg_rdata_i,
  /// The access is refused.
  input  logic        reg_err_i
);
  localparam logic [1:0] RespOkay   = 2'd0;
  localparam logic [1:0] RespSlverr = 2'd2;

  typedef enum logic [1:0] {StIdle, StAccess, StResp} state_e;

  state_e      state_d, state_q;
  logic        aw_q, w_q, ar_q;
  logic [15:0] awaddr_q, araddr_q;
  logic [31:0] wdata_q;
  logic [3:0]  wstrb_q;
  logic        write_d, write_q;
  logic [15:0] addr_d, addr_q;
  logic [31:0] rdata_d, rdata_q;
  logic [1:0]  resp_d, resp_q;
  logic        start;
  logic        bad;
  logic        resp_taken;

  // Address and data wait here while another access is under way; aw_q, w_q and ar_q are given back with the response.
  assign s_axil_awready = !aw_q;
  assign s_axil_wready  = !w_q;
  assign s_axil_arready = !ar_q;
  assign s_axil_bvalid  = state_q == StResp && write_q;
  assign s_axil_bresp   = resp_q;
  assign s_axil_rvalid  = state_q == StResp && !write_q;
  assign s_axil_rresp   = resp_q;
  assign s_axil_rdata   = rdata_q;
  assign resp_taken     = state_q == StResp && (write_q ? s_axil_bready : s_axil_rready);

  assign reg_valid_o = state_q == StAccess;
  assign reg_write_o = write_q;
  assign reg_addr_o  = addr_q;
  assign reg_wdata_o = wdata_q;

  always_comb begin
    state_d = state_q;
    write_d = write_q;
    addr_d  = addr_q;
    rdata_d = rdata_q;
    resp_d  = resp_q;
    start   = 1'b0;
    bad     = 1'b0;
    unique case (state_q)
      StIdle: begin
        start = (aw_q && w_q) || ar_q;
        if (start) begin
          // write_q still tells the previous access: the other kind goes first.
          write_d = aw_q && w_q && !(ar_q && write_q);
          addr_d  = write_d ? awaddr_q : araddr_q;
          bad     = addr_d[1:0] != 2'd0 || (write_d && wstrb_q != 4'hf);
          rdata_d = 32'd0;
          resp_d  = bad ? RespSlverr : RespOkay;
          state_d = bad ? StResp : StAccess;
        end
      end
      StAccess: begin
        if (reg_ready_i) begin
          resp_d  = reg_err_i ? RespSlverr : RespOkay;
          rdata_d = reg_err_i || write_q ? 32'd0 : reg_rdata_i;
          state_d = StResp;
        end
      end
      default: begin
        if (resp_taken) state_d = StIdle;
      end
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StIdle;
      write_q <= 1'b0;
      aw_q    <= 1'b0;
      w_q     <= 1'b0;
      ar_q    <= 1'b0;
    end else begin
      state_q <= state_d;
      write_q <= write_d;
      if (s_axil_awvalid && s_axil_awready) aw_q <= 1'b1;
      else if (resp_taken && write_q) aw_q <= 1'b0;
      if (s_axil_wvalid && s_axil_wready) w_q <= 1'b1;
      else if (resp_taken && write_q) w_q <= 1'b0;
      if (s_axil_arvalid && s_axil_arready) ar_q <= 1'b1;
      else if (resp_taken && !write_q) ar_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    addr_q  <= addr_d;
    rdata_q <= rdata_d;
    resp_q  <= resp_d;
    if (s_axil_awvalid && s_axil_awready) awaddr_q <= s_axil_awaddr;
    if (s_axil_wvalid && s_axil_wready) begin
      wdata_q <= s_axil_wdata;
      wstrb_q <= s_axil_wstrb;
    end
    if (s_axil_arvalid && s_axil_arready) araddr_q <= s_axil_araddr;
  end

  `RDMA_STABLE(a_b_stable, s_axil_bvalid, s_axil_bready, s_axil_bresp)
  `RDMA_STABLE(a_r_stable, s_axil_rvalid, s_axil_rready, {s_axil_rdata, s_axil_rresp})
  `RDMA_STABLE(a_reg_stable, reg_valid_o, reg_ready_i,
               {reg_write_o, reg_addr_o, reg_write_o ? reg_wdata_o : 32'd0})
endmodule
`default_nettype wire
