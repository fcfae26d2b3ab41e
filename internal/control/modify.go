package control

import (
	"context"
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// modifyParams are the attributes that change while a connection is there; those that are given count.
type modifyParams struct {
	qpParams
	State        *string `json:"state"`
	SQDNotify    *bool   `json:"en_sqd_async_notify"`
	Timeout      *uint8  `json:"timeout"`
	Retry        *uint8  `json:"retry"`
	RNRRetry     *uint8  `json:"rnr_retry"`
	MinRNR       *uint8  `json:"min_rnr"`
	RdAtomic     *uint8  `json:"rd_atomic"`
	DestRdAtomic *uint8  `json:"dest_rd_atomic"`
	QKey         *uint32 `json:"qkey"`
}

// attributes are what ibv_modify_qp is given.
func (p *modifyParams) attributes() (attr driver.QPAttr, mask uint32, err error) {
	if p.State != nil {
		if attr.State, err = stateNamed(*p.State); err != nil {
			return attr, 0, err
		}
		mask |= abi.AttrState
	}
	if p.SQDNotify != nil {
		attr.EnSQDAsyncNotify = *p.SQDNotify
		mask |= abi.AttrEnSQDAsyncNotify
	}
	if p.QKey != nil {
		attr.QKey = *p.QKey
		mask |= abi.AttrQKey
	}
	for _, a := range []struct {
		v    *uint8
		to   *uint8
		mask uint32
	}{
		{p.Timeout, &attr.Timeout, abi.AttrTimeout}, {p.Retry, &attr.RetryCnt, abi.AttrRetryCnt},
		{p.RNRRetry, &attr.RNRRetry, abi.AttrRNRRetry}, {p.MinRNR, &attr.MinRNRTimer, abi.AttrMinRNRTimer},
		{p.RdAtomic, &attr.MaxRdAtomic, abi.AttrMaxRdAtomic}, {p.DestRdAtomic, &attr.MaxDestRdAtomic, abi.AttrMaxDestRdAtomic},
	} {
		if a.v != nil {
			*a.to = *a.v
			mask |= a.mask
		}
	}
	return attr, mask, nil
}

// stateNamed is the state that a word names.
func stateNamed(name string) (abi.State, error) {
	var names []string
	for s := abi.StateReset; s.Valid(); s++ {
		if strings.EqualFold(s.String(), name) {
			return s, nil
		}
		names = append(names, s.String())
	}
	return 0, fmt.Errorf("there is no state %q, only %s: %w", name, strings.Join(names, ", "), driver.ErrInval)
}

// modify changes attributes and state of a queue pair: to SQD and back, to ERR and RESET.
func (s *server) modify(_ context.Context, p *modifyParams) (any, error) {
	e, err := s.endpoint(p.QP)
	if err != nil {
		return nil, err
	}
	attr, mask, err := p.attributes()
	if err != nil {
		return nil, err
	}
	return nil, e.Modify(attr, mask)
}
