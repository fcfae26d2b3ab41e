// SPDX-License-Identifier: Apache-2.0
#include "link.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "hello.h"

namespace godwit {
namespace {

constexpr size_t kFrameTarget = 64 << 10;  // bytes after which a frame is sent without being asked
constexpr std::chrono::milliseconds kHeartbeatEvery{500};

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

int connect_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    throw std::runtime_error("socket path is too long: " + path);
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket");
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    fail("cannot connect to " + path);
  }
  return fd;
}

int connect_tcp(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) throw std::runtime_error("no port in address " + address);
  std::string host = address.substr(0, colon);
  if (host.size() > 1 && host.front() == '[') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int rc = getaddrinfo(host.c_str(), address.c_str() + colon + 1, &hints, &found);
  if (rc != 0) throw std::runtime_error("cannot resolve " + address + ": " + gai_strerror(rc));
  const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool ok = fd >= 0 && connect(fd, found->ai_addr, found->ai_addrlen) == 0;
  freeaddrinfo(found);
  if (!ok) fail("cannot connect to " + address);
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

}  // namespace

Link::Link(const std::string& address) : last_sent_(Clock::now()) {
  if (address.starts_with("unix:")) {
    fd_ = connect_unix(address.substr(5));
  } else if (address.starts_with("tcp:")) {
    fd_ = connect_tcp(address.substr(4));
  } else {
    throw std::runtime_error("address is neither unix:PATH nor tcp:HOST:PORT: " + address);
  }
  out_.resize(kFrameHeader);
}

Link::~Link() { close(fd_); }

void Link::handshake(std::span<const uint8_t> hello, const std::string& revision) {
  std::vector<uint8_t> frame(kFrameHeader);
  append_item(frame, Item{.kind = Kind::kHello, .data = hello});
  send_frame(frame, 1);
  while (frames_.empty()) pump(false);
  const HostHello host = parse_host_hello(frames_.front().payload);
  frames_.pop_front();
  if (host.revision != revision) {
    throw ProtocolError("spec revision mismatch: the host has " + host.revision.substr(0, 16) +
                        ", this simulator " + revision.substr(0, 16));
  }
  send_items_ += host.credit_items;
  send_bytes_ += static_cast<int64_t>(host.credit_bytes);
  frame_items_ = host.frame_items;
}

Item Link::next() {
  for (;;) {
    while (!frames_.empty() && frames_.front().items_left == 0) {
      due_items_ += frames_.front().charge_items;
      due_bytes_ += frames_.front().charge_bytes;
      frames_.pop_front();
    }
    if (frames_.empty()) {
      flush();
      grant();
      if (frames_.empty()) pump(false);
      continue;
    }
    Frame& frame = frames_.front();
    Item item;
    bool known = false;
    const std::span<const uint8_t> rest(frame.payload);
    frame.at += parse_item(rest.subspan(frame.at), item, known);
    --frame.items_left;
    if (known && item.kind != Kind::kCredit) return item;
  }
}

void Link::emit(const Item& item) {
  const size_t before = out_.size();
  if (before + kItemHeader + 32 + item.data.size() > kFrameHeader + kMaxPayload) flush();
  append_item(out_, item);
  ++out_items_;
  out_bytes_ += static_cast<int64_t>(out_.size() - before);
  if (frame_items_ != 0 ? out_items_ >= frame_items_ : out_.size() >= kFrameTarget) flush();
}

void Link::flush() {
  if (out_items_ == 0) return;
  while (send_items_ <= 0 || send_bytes_ <= 0) {
    grant();
    pump(false);
  }
  send_items_ -= out_items_;
  send_bytes_ -= out_bytes_;
  send_frame(out_, out_items_);
  out_.resize(kFrameHeader);
  out_items_ = 0;
  out_bytes_ = 0;
}

void Link::heartbeat(uint64_t cycle) {
  if (Clock::now() - last_sent_ < kHeartbeatEvery) return;
  flush();
  std::vector<uint8_t> frame(kFrameHeader);
  append_item(frame, Item{.kind = Kind::kHeartbeat, .cycle = cycle});
  send_frame(frame, 1);
}

void Link::grant() {
  if (due_items_ < kCreditItems / 2 && due_bytes_ < static_cast<int64_t>(kCreditBytes / 2)) return;
  std::vector<uint8_t> frame(kFrameHeader);
  append_item(frame, Item{.kind = Kind::kCredit,
                          .value = static_cast<uint32_t>(due_items_),
                          .addr = static_cast<uint64_t>(due_bytes_)});
  due_items_ = 0;
  due_bytes_ = 0;
  send_frame(frame, 1);
}

void Link::send_frame(std::vector<uint8_t>& frame, uint32_t items) {
  put_frame_header(frame.data(), FrameHeader{next_out_++, items,
                                             static_cast<uint32_t>(frame.size() - kFrameHeader)});
  write_all(frame);
  last_sent_ = Clock::now();
}

void Link::write_all(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n > 0) {
      bytes = bytes.subspan(static_cast<size_t>(n));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pump(true);
    } else if (errno != EINTR) {
      throw HostGone("write");
    }
  }
}

void Link::pump(bool want_write) {
  pollfd p{fd_, static_cast<short>(POLLIN | (want_write ? POLLOUT : 0)), 0};
  if (poll(&p, 1, -1) < 0 && errno != EINTR) fail("poll");
  if ((p.revents & (POLLIN | POLLHUP | POLLERR)) != 0) receive();
}

void Link::receive() {
  constexpr size_t kChunk = 256 << 10;
  const size_t at = raw_.size();
  raw_.resize(at + kChunk);
  const ssize_t n = recv(fd_, raw_.data() + at, kChunk, MSG_DONTWAIT);
  raw_.resize(at + (n > 0 ? static_cast<size_t>(n) : 0));
  if (n == 0) throw HostGone("end of stream");
  if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) throw HostGone("read");
  split();
}

// split moves whole frames from raw_ to frames_.
void Link::split() {
  std::span<const uint8_t> rest(raw_);
  while (rest.size() >= kFrameHeader) {
    const FrameHeader header = parse_frame_header(rest);
    if (header.number != next_in_) {
      throw ProtocolError("frame " + std::to_string(header.number) + " where " +
                          std::to_string(next_in_) + " was due");
    }
    if (rest.size() < kFrameHeader + header.size) break;
    const auto payload = rest.subspan(kFrameHeader, header.size);
    frames_.push_back(
        Frame{.payload = {payload.begin(), payload.end()}, .items_left = header.items});
    ++next_in_;
    scan(frames_.back());
    rest = rest.subspan(kFrameHeader + header.size);
  }
  raw_.erase(raw_.begin(), raw_.end() - static_cast<std::ptrdiff_t>(rest.size()));
}

// scan validates a frame and takes its credits at once: they may be what this side is waiting for
// while stimulus that came before them cannot be executed yet.
void Link::scan(Frame& frame) {
  std::span<const uint8_t> rest(frame.payload);
  for (uint32_t i = 0; i < frame.items_left; ++i) {
    Item item;
    bool known = false;
    const size_t n = parse_item(rest, item, known);
    rest = rest.subspan(n);
    if (!known) continue;
    if (item.kind == Kind::kCredit) {
      send_items_ += item.value;
      send_bytes_ += static_cast<int64_t>(item.addr);
    } else if (!is_free(item.kind)) {
      ++frame.charge_items;
      frame.charge_bytes += static_cast<int64_t>(n);
    }
  }
  if (!rest.empty()) throw ProtocolError("bytes after the last item of a frame");
}

}  // namespace godwit
