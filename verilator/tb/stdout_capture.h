// SPDX-License-Identifier: Apache-2.0
//
// Verilator prints the text of a failed assertion to standard output. This takes standard output
// over for as long as it lives, so that the text becomes part of an observation.
#ifndef GODWIT_TB_STDOUT_CAPTURE_H_
#define GODWIT_TB_STDOUT_CAPTURE_H_

#include <string>

namespace godwit {

class StdoutCapture {
 public:
  StdoutCapture();
  ~StdoutCapture();
  StdoutCapture(const StdoutCapture&) = delete;
  StdoutCapture& operator=(const StdoutCapture&) = delete;

  // Returns what was printed since the last call.
  std::string take();
  void discard();

 private:
  int saved_;   // the real standard output
  int buffer_;  // memory file that stands in for it
};

}  // namespace godwit

#endif  // GODWIT_TB_STDOUT_CAPTURE_H_
