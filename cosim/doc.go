// Package cosim runs drivers, fabrics and checkers against RTL in a simulator: a Device is a nic.Device whose inside is
// the design under test behind the bridge (package bridge), built and started by package sim.
package cosim
