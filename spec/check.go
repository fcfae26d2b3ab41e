package spec

func check(p *problems, s *Spec) {}
