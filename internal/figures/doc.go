// Package figures measures what a migration costs in the golden model against the number of queue pairs, loss, memory
// and the rate at which memory is written, and draws it. All is counted in cycles of the model, so that every machine
// gets the same figures.
package figures
