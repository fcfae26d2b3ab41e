// SPDX-License-Identifier: Apache-2.0
//
// The simulator: a Verilated RDMA core behind the godwit bridge (docs/bridge.md).
//
//   simulator --connect unix:PATH|tcp:HOST:PORT [--seed N]   serve a host
//   simulator --bare FILE [--seed N]                         replay recorded stimulus frames
//   without a host
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "godwit.h"
#include "hello.h"
#include "link.h"
#include "session.h"

namespace godwit {
namespace {

struct Arguments {
  std::string connect;
  std::string bare;
  uint32_t seed = 0;
};

Arguments parse_arguments(int argc, char** argv) {
  Arguments args;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--connect") == 0) {
      args.connect = argv[i + 1];
    } else if (std::strcmp(argv[i], "--bare") == 0) {
      args.bare = argv[i + 1];
    } else if (std::strcmp(argv[i], "--seed") == 0) {
      args.seed = static_cast<uint32_t>(std::strtoul(argv[i + 1], nullptr, 0));
    } else {
      throw std::invalid_argument(std::string("unknown option ") + argv[i]);
    }
  }
  if (args.connect.empty() == args.bare.empty()) {
    throw std::invalid_argument("want either --connect ADDRESS or --bare FILE");
  }
  return args;
}

int serve(const Arguments& args) {
  Link link(args.connect);
  try {
    link.handshake(own_hello(args.seed), GODWIT_REVISION);
    Session session(link, args.seed);
    while (session.execute(link.next())) {
    }
    link.flush();
  } catch (const HostGone&) {
    return EXIT_SUCCESS;
  } catch (const ProtocolError& error) {
    const std::string text = error.what();
    link.emit(Item{.kind = Kind::kFault, .code = kFaultProtocol, .data = as_bytes(text)});
    try {
      link.flush();
    } catch (const std::runtime_error&) {
      // The host is gone or speaks nonsense; standard error still has the text.
    }
    throw;
  }
  return EXIT_SUCCESS;
}

int bare(const Arguments& args) {
  std::ifstream in(args.bare, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + args.bare);
  const std::vector<uint8_t> file(std::istreambuf_iterator<char>(in), {});
  CountingSink sink;
  uint64_t cycles = 0;
  const auto start = std::chrono::steady_clock::now();
  {
    Session session(sink, args.seed);
    std::span<const uint8_t> rest(file);
    while (rest.size() >= kFrameHeader) {
      const FrameHeader header = parse_frame_header(rest);
      rest = rest.subspan(kFrameHeader);
      for (uint32_t i = 0; i < header.items; ++i) {
        Item item;
        bool known = false;
        rest = rest.subspan(parse_item(rest, item, known));
        if (known) session.execute(item);
      }
    }
    cycles = session.total_cycles();
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf(
      "{\"cycles\": %llu, \"wall_seconds\": %.6f, \"observations\": %llu, \"failed\": %s}\n",
      static_cast<unsigned long long>(cycles), wall.count(),
      static_cast<unsigned long long>(sink.items()), sink.failed() ? "true" : "false");
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace godwit

int main(int argc, char** argv) {
  try {
    const godwit::Arguments args = godwit::parse_arguments(argc, argv);
    return args.bare.empty() ? godwit::serve(args) : godwit::bare(args);
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
