// Package control lets programs in any language use a live NIC over a Unix socket: one JSON object a line is a request, and
// each gets one line as its answer, in order. docs/nic.md has the requests.
//
// A request says what to do in "do"; "id", if it has one, comes back with the answer. Members that the request does not
// have are an error, as is anything else that is not as documented; the connection goes on.
package control
