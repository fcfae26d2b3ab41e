// Package calibrate measures how many cycles each kind of step takes on the RTL, and holds that against spec/timing.yaml,
// which the golden NIC lives by. It judges nothing but time: what the steps do is for lockstep to compare.
package calibrate
