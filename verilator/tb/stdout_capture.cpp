// SPDX-License-Identifier: Apache-2.0
#include "stdout_capture.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace godwit {

StdoutCapture::StdoutCapture()
    : saved_(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)),
      buffer_(memfd_create("stdout", MFD_CLOEXEC)) {
  std::fflush(stdout);
  if (buffer_ < 0 || dup2(buffer_, STDOUT_FILENO) < 0) {
    throw std::runtime_error("cannot capture standard output");
  }
}

StdoutCapture::~StdoutCapture() {
  std::fflush(stdout);
  if (saved_ >= 0) dup2(saved_, STDOUT_FILENO);
  close(saved_);
  close(buffer_);
}

std::string StdoutCapture::take() {
  std::fflush(stdout);
  const off_t size = lseek(buffer_, 0, SEEK_END);
  std::string text(size > 0 ? static_cast<size_t>(size) : 0, '\0');
  const ssize_t n = pread(buffer_, text.data(), text.size(), 0);
  text.resize(n > 0 ? static_cast<size_t>(n) : 0);
  discard();
  return text;
}

void StdoutCapture::discard() {
  std::fflush(stdout);
  if (lseek(buffer_, 0, SEEK_CUR) == 0) return;
  if (ftruncate(buffer_, 0) != 0 || lseek(buffer_, 0, SEEK_SET) != 0) {
    throw std::runtime_error("cannot capture standard output");
  }
}

}  // namespace godwit
