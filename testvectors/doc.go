// Package testvectors writes the golden model down: what it makes of a frame, and what one protocol step does to a
// context, as vectors that need neither Go nor godwit to be used.
//
// A suite is one file data/SUITE.json in canonical JSON with a closed schema (schema/), one vector a line; the same
// vectors as flat words for $readmemh (data/SUITE.mem, with the memories beside it); and its frames as a capture
// (data/SUITE.pcapng). COVERAGE.md maps rules to vectors and says what no vector covers.
//
// Published vectors are append-only: [Generate] keeps the identifier and the content of each vector it finds, appends
// the new ones, and refuses to change or drop one unless it is revised by name with a reason. There are no timestamps.
package testvectors
