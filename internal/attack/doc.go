// Package attack measures what the migration protocol is worth against somebody who forges packets: by lot, as the
// number of packets that an attack takes ([Odds], [Try], [Table]), and in whole worlds, in which an attacker of the
// fabric works while a container moves ([Run]).
//
// What counts as success is judged by contexts and data, never by what the attacker believes.
package attack
