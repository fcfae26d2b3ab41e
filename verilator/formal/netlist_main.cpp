// SPDX-License-Identifier: Apache-2.0
//
// Clock of netlist.sh: runs the pair of RTL and netlist for the given number of cycles. The module
// stops at a difference.
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "Vboth.h"
#include "verilated.h"

int main(int argc, char** argv) {
  VerilatedContext context;
  context.commandArgs(argc, argv);
  context.randSeed(1);
  const auto both = std::make_unique<Vboth>(&context);
  const long cycles = argc > 1 ? std::atol(argv[1]) : 1000;
  for (long i = 0; i < cycles; i++) {
    both->clk_i = 0;
    both->eval();
    both->clk_i = 1;
    both->eval();
  }
  if (both->seen_o == 0) {
    std::fprintf(stderr, "no output ever changed\n");
    return 1;
  }
  return 0;
}
