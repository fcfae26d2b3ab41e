// Package ui is what all verbs of the command line share: exit codes, JSON output, progress bars, and the handling of
// interrupts.
//
// What goes where is the same for every verb. Standard output has the result and nothing else: text for people, or
// with --json one JSON value. Standard error has progress, shown on a terminal only, and as the last thing before an
// exit code other than 0 one error that begins with "godwit: ".
package ui

import (
	"errors"
	"fmt"
)

// Code is an exit code of the command line, for scripts.
type Code int

// The exit codes.
const (
	OK       Code = 0 // what was asked holds
	Failed   Code = 1 // a check failed
	Usage    Code = 2 // wrong usage or bad input
	Internal Code = 3 // a fault of godwit or of its environment; also an interrupted run, which has not shown anything
)

// ExitError is an error that decides the exit code. Make one with Fail, BadUsage or BadInput.
type ExitError struct {
	Code Code
	Err  error
}

// Error is the text of the error inside.
func (e *ExitError) Error() string { return e.Err.Error() }

// Unwrap returns the error inside.
func (e *ExitError) Unwrap() error { return e.Err }

// Fail is the result of a check that did not hold: exit code 1.
func Fail(err error) error { return with(Failed, err) }

// Failf is Fail with a text.
func Failf(format string, args ...any) error { return Fail(fmt.Errorf(format, args...)) }

// BadInput marks an error of whoever called godwit, in the arguments or in an input file: exit code 2.
func BadInput(err error) error { return with(Usage, err) }

// BadInputf is BadInput with a text.
func BadInputf(format string, args ...any) error { return BadInput(fmt.Errorf(format, args...)) }

func with(code Code, err error) error {
	if err == nil {
		return nil
	}
	return &ExitError{Code: code, Err: err}
}

// ExitCode maps an error to the exit code: that of the outermost ExitError in it. An error without one is a fault of
// godwit or of its environment.
func ExitCode(err error) Code {
	if err == nil {
		return OK
	}
	var e *ExitError
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
