package ui

import (
	"encoding/json"
	"io"

	"github.com/spf13/pflag"
)

// JSONFlag adds --json to the flags of a verb that can print its result as JSON.
func JSONFlag(flags *pflag.FlagSet) *bool {
	return flags.Bool("json", false, "print the result as JSON")
}

// WriteJSON writes v as one indented JSON value with a final newline. Characters that only HTML cares about stay as
// they are: results hold arrows and comparison signs.
func WriteJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
