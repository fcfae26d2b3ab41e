// Package sim builds simulators from RTL and the harness in verilator/tb, keeps them in a cache, and starts them behind
// the bridge. What is built depends on the content of every source, the parameters and the version of Verilator; nothing
// else, and nothing is built twice.
package sim
