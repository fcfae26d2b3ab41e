// Package cq models a completion queue: a ring of completion queue elements in host memory, its indices, and
// the arm bit that turns the next completion into an event. IBTA 10.8, 11.4.2.
package cq
