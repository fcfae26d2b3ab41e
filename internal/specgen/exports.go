package specgen

import "github.com/godwit-rdma/godwit/spec"

// Export is something generated for other people's tools.
type Export struct {
	// Name is what `godwit spec export` calls it, File its file in export/.
	Name, File string
	Doc        string
	Emit       func(*spec.Spec) []byte
}

// Exports are all of them, by name.
var Exports = []Export{
	{"ipxact", "godwit.ipxact.xml", "register map in IP-XACT, IEEE 1685-2014", ipXACT},
	{"json", "godwit.json", "register map in JSON", func(s *spec.Spec) []byte { return Map(s).JSON() }},
	{"lua", "godwit.lua", "Wireshark dissector of the migration packets", luaDissector},
	{"systemrdl", "godwit.rdl", "register map in SystemRDL 2.0", systemRDL},
	{"uvm", "godwit_ral_pkg.sv", "register model for UVM", uvmRAL},
}
