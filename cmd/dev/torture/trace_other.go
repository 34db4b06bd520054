//go:build !linux || !amd64

package main

import (
	"context"
	"errors"
)

// canTrace reports whether this system lets torture watch a program's calls.
const canTrace = false

func runTraced(context.Context, []string, []string, string, string, plan) (*outcome, error) {
	return nil, errors.New("watching a program's calls needs Linux on x86-64")
}
