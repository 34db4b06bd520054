package kit

import (
	"context"
)

// A Keeper stores a value again and again, one after the other. While one is
// being stored only the newest waits.
type Keeper[T any] struct {
	Put   func(context.Context, T) error
	Ended func(error) // when all is stored, or an error came
	next  *T
	busy  bool
}

func (k *Keeper[T]) Idle() bool { return !k.busy }

func (k *Keeper[T]) Keep(v T) {
	if k.busy {
		k.next = &v
		return
	}
	k.busy = true
	Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, k.Put(ctx, v) }, func(_ struct{}, err error) {
		k.busy = false
		if next := k.next; next != nil {
			k.next = nil
			k.Keep(*next)
			return
		}
		k.Ended(err)
	})
}
