package bridge

import "runtime"

// startPinned starts the process from a thread that lives as long as the process does. Pdeathsig is tied to the thread
// that forked, not to the process: were the thread to end (the Go runtime may do that), the simulator would be killed.
func startPinned(p *process) error {
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := p.cmd.Start(); err != nil {
			started <- err
			return
		}
		started <- nil
		p.how = describeExit(p.cmd.Wait())
		close(p.exited)
	}()
	return <-started
}
