// Package golden holds the stories: programs of operations, each with a paragraph that says what it proves and the
// trace of what happens on golden NICs. Its test runs them all; "go test ./golden -rewrite" writes the traces anew,
// which are then to be read like code.
package golden
