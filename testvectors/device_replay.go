package testvectors

import "strings"

// replayDevice puts a device vector to a whole NIC again.
func replayDevice(v *Vector) []Difference {
	again := v.Device.inputs()
	m := ram{}
	m.fill(v.Device.Reads)
	verdict, class, err := again.run(m)
	if err != nil {
		return []Difference{{Field: "set-up", Want: "as the vector has it", Got: err.Error()}}
	}
	diffs := differ("verdict", v.Verdict, verdict)
	diffs = append(diffs, v.Device.differences(again)...)
	if len(diffs) == 0 {
		diffs = append(differ("class", v.Class, class), differ("flags", strings.Join(v.Flags, " "), strings.Join(again.flags(verdict), " "))...)
	}
	return diffs
}
