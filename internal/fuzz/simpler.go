package fuzz

import "time"

// simpler takes from a program what surrounds its commands, as long as what is left fails: faults, connections, hosts, and
// what connections have beyond the least. rapid would come to the same, and takes longer the more there is to draw.
func simpler(p program, deadline time.Time, fails func(program) bool) program {
	edits := []func(*program){
		func(p *program) { p.Faults = [2]chance{} },
		func(p *program) { p.Faults[0] = chance{} },
		func(p *program) { p.Faults[1] = chance{} },
		func(p *program) { p.Faults[0].Mark, p.Faults[1].Mark = 0, 0 },
		func(p *program) { p.Conns = p.Conns[:1] },
		func(p *program) { p.Conns = p.Conns[len(p.Conns)-1:] },
		func(p *program) { p.Hosts = 0 },
		func(p *program) { p.Together = false },
		func(p *program) { p.each(func(c *conn) { *c = conn{} }) },
		func(p *program) { p.each(func(c *conn) { c.SRQ, c.ECN = false, false }) },
		func(p *program) { p.each(func(c *conn) { c.Key, c.PKey = false, 0 }) },
		func(p *program) { p.each(func(c *conn) { c.Type = 0 }) },
	}
	for _, edit := range edits {
		less := p
		less.Conns = append([]conn(nil), p.Conns...)
		if edit(&less); time.Now().Before(deadline) && fails(less) {
			p = less
		}
	}
	return p
}

func (p *program) each(edit func(*conn)) {
	for i := range p.Conns {
		edit(&p.Conns[i])
	}
}
