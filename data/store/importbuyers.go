package store

import (
	"hash/maphash"

	"casebinder/data"
)

// metBuyer is a buyer that this file told of, by the hash of the handle.
type metBuyer struct {
	id   uint32 // lists hold row ids in 32 bits too
	told uint32 // hash of all that was told last
}

// Bounds of what an import remembers: buyers already met, and the numbers of
// orders while their index is not built. Variables for tests.
var (
	maxBuyers = 1_000_000
	maxSeen   = 1_000_000
)

// buyer is putBuyer with a memory of the buyers of this file.
func (m *OrderImport) buyer(o *data.Order) error {
	if o.Buyer.Handle == "" {
		o.Buyer.ID = 0
		return nil
	}
	key, told := maphash.String(m.seed, o.Buyer.Handle), m.hashBuyer(o.Buyer)
	met, ok := m.buyers[key]
	if ok && met.told == told {
		o.Buyer.ID = int64(met.id)
		return nil
	}
	if err := m.tellBuyer(o, int64(met.id)); err != nil {
		return err
	}
	if len(m.buyers) >= maxBuyers && !ok {
		clear(m.buyers)
		if m.newest {
			m.newest = false
			if err := m.buildIndexes("buyer"); err != nil { // buyers are looked up from here on
				return err
			}
		}
	}
	m.buyers[key] = metBuyer{uint32(o.Buyer.ID), told}
	return nil
}

// tellBuyer writes what an order tells of its buyer. Met is the buyer that this
// file told of before; 0 for none.
func (m *OrderImport) tellBuyer(o *data.Order, met int64) error {
	if met != 0 {
		known, err := m.tx.Buyer(m.tx.ctx, met)
		if err != nil {
			return err
		}
		if known.Handle == o.Buyer.Handle { // else two handles have one hash
			o.Buyer.ID = known.ID
			return m.tx.updateBuyer(known, o.Buyer)
		}
	}
	if m.newest {
		return m.tx.insertBuyer(&o.Buyer)
	}
	return m.tx.putBuyer(o)
}

func (m *OrderImport) hashBuyer(b data.Buyer) uint32 {
	var h maphash.Hash
	h.SetSeed(m.seed)
	for _, text := range []string{b.Handle, b.Name, b.Email, b.Phone, b.Country, b.Language} {
		_, _ = h.WriteString(text) // it never fails
		_ = h.WriteByte(0)
	}
	return uint32(h.Sum64())
}
