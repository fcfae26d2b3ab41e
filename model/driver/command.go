package driver

import (
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// command is one mailbox command.
type command struct {
	op         abi.CMD
	arg0, arg1 uint32
	// in is copied to the scratch page first; out is filled from there when the command succeeded.
	in, out []byte
	// undo takes back what the command does, where that can be said without its result. It is executed when the
	// caller was told of a failure, and the device did it all the same.
	undo *command
	// late is told of such a success, and may name a command that undoes it.
	late func(result uint32) (undo *command, err error)
}

// run executes a command and returns CMD_RESULT.
func (d *Device) run(c command) (uint32, error) {
	if d.commands {
		return 0, fmt.Errorf("%v: called while another command is waited for: %w", c.op, ErrBusy)
	}
	d.commands = true
	defer func() { d.commands = false }()
	if err := d.settle(); err != nil {
		return 0, fmt.Errorf("%v: %w", c.op, err)
	}
	result, err := d.execute(c)
	if unsure(err) {
		d.abandoned = &c
	}
	if err != nil {
		return 0, fmt.Errorf("%v: %w", c.op, err)
	}
	return result, nil
}

// end executes a command that ends an object; done is called when the device has done it, even if late, and sets
// gone.
func (d *Device) end(c command, gone *bool, done func() error) error {
	if err := d.catchUp(); err != nil {
		return err
	}
	if *gone {
		return nil // an earlier try got through after all
	}
	c.late = func(uint32) (*command, error) { return nil, done() }
	// A device that does not know the object has ended it already, whatever it said then.
	if _, err := d.run(c); err != nil && !errors.Is(err, errNoObject) {
		return err
	}
	return done()
}

// catchUp makes up for a command that timed out, before its consequences are looked at.
func (d *Device) catchUp() error {
	if d.commands {
		return nil // run will say so
	}
	d.commands = true
	defer func() { d.commands = false }()
	return d.settle()
}

// unsure tells whether a command that failed may have been done, or may be yet: it is too late, or the answer is nonsense.
func unsure(err error) bool { return errors.Is(err, ErrTimeout) || errors.Is(err, ErrDevice) }

// settle makes up for a command that timed out or that the device answered with nonsense, once it says how that ended.
func (d *Device) settle() error {
	for d.abandoned != nil {
		v, err := d.read(abi.RegCMDStatus)
		if err != nil {
			return err
		}
		if v&abi.RegCMDStatusBusyMask != 0 {
			return fmt.Errorf("the device is still at %v: %w", d.abandoned.op, ErrBusy)
		}
		late, said := d.abandoned, d.status(v)
		if errors.Is(said, ErrDevice) {
			return fmt.Errorf("what became of %v: %w", late.op, said)
		}
		d.abandoned = nil
		if said != nil {
			continue
		}
		undo := late.undo
		if late.late != nil {
			result, err := d.read(abi.RegCMDResult)
			if err != nil {
				return err
			}
			if undo, err = late.late(result); err != nil {
				return fmt.Errorf("after a late %v: %w", late.op, err)
			}
		}
		if undo != nil {
			d.owed = append([]command{*undo}, d.owed...)
		}
	}
	return d.pay()
}

// pay executes the commands that are owed. One that the device refuses had nothing to take back.
func (d *Device) pay() error {
	for len(d.owed) != 0 {
		c := d.owed[0]
		_, err := d.execute(c)
		if errors.Is(err, ErrIO) {
			return fmt.Errorf("%v, which is owed: %w", c.op, err)
		}
		d.owed = d.owed[1:]
		if unsure(err) {
			d.abandoned = &c
			return fmt.Errorf("%v, which is owed: %w", c.op, err)
		}
	}
	return nil
}

// execute issues a command and waits for it.
func (d *Device) execute(c command) (uint32, error) {
	if c.in != nil {
		if err := d.store(d.cfg.Scratch, c.in); err != nil {
			return 0, err
		}
	}
	for _, w := range [][2]uint32{
		{abi.RegCMDArg0, c.arg0}, {abi.RegCMDArg1, c.arg1},
		{abi.RegCMDAddrLO, uint32(d.cfg.Scratch)}, {abi.RegCMDAddrHI, uint32(d.cfg.Scratch >> 32)},
		{abi.RegCMDGo, uint32(c.op)},
	} {
		if err := d.write(w[0], w[1]); err != nil {
			return 0, err
		}
	}
	begin := d.Now()
	v, err := d.await(abi.RegCMDStatus, abi.RegCMDStatusBusyMask)
	if err != nil {
		return 0, err
	}
	d.spent.commands++
	d.spent.cycles += d.Now() - begin
	if err := d.status(v); err != nil {
		return 0, err
	}
	if c.out != nil {
		if err := d.load(d.cfg.Scratch, c.out); err != nil {
			return 0, err
		}
	}
	return d.read(abi.RegCMDResult)
}

// errNoObject is that the device does not have the object that a command names.
var errNoObject = fmt.Errorf("it has no such object: %w", ErrInval)

// status is the error that CMD_STATUS reports.
func (d *Device) status(v uint32) error {
	s := abi.CmdStatus(v & abi.RegCMDStatusStatusMask)
	if v&^abi.RegCMDStatusStatusMask != 0 || !s.Valid() {
		return fmt.Errorf("CMD_STATUS reads %#08x: %w", v, ErrDevice)
	}
	class := [...]error{
		abi.CmdStatusOK:        nil,
		abi.CmdStatusBadOpcode: ErrNotSupported,
		abi.CmdStatusBadIndex:  errNoObject,
		abi.CmdStatusBadState:  ErrState,
		abi.CmdStatusExists:    ErrExists,
		abi.CmdStatusNoSpace:   ErrNoMem,
		abi.CmdStatusBadAttr:   ErrInval,
	}
	if class[s] == nil {
		return nil
	}
	return fmt.Errorf("the device says %v: %w", s, class[s])
}
