package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// weighWord is the word with which the tool calls itself to weigh a program.
// It is not for people.
const weighWord = "weigh"

// A weight is what a program took, as the system tells it.
type weight struct {
	Seconds float64 `json:"seconds"` // from start to end
	Peak    float64 `json:"peak"`    // most memory at once, in MB; 0 where the system does not say
	CPU     float64 `json:"cpu"`     // seconds of processor time
}

// weigh runs a program and writes its weight into a file. It happens in a
// process of its own that holds next to nothing: a system counts the memory of
// whoever starts a program into that program's peak, and the bench may hold
// hundreds of megabytes.
func weigh(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("%w: weigh takes a file and a command", errUsage)
	}
	cmd := exec.CommandContext(ctx, args[1], args[2:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	began := time.Now()
	ran := cmd.Run()
	w := weight{Seconds: time.Since(began).Seconds()}
	if cmd.ProcessState != nil {
		w.Peak, w.CPU = peakMemory(cmd.ProcessState), processorTime(cmd.ProcessState).Seconds()
	}
	text, err := json.Marshal(w)
	if err == nil {
		err = os.WriteFile(args[0], text, 0o644)
	}
	if err != nil {
		err = fmt.Errorf("writing what a program took: %w", err)
	}
	return errors.Join(ran, err)
}

// processorTime is what an ended process and those that it waited for took of
// the processors.
func processorTime(s *os.ProcessState) time.Duration {
	if s == nil {
		return 0
	}
	return s.UserTime() + s.SystemTime()
}
