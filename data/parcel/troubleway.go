package parcel

import (
	"strconv"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// onTheWay judges a parcel that is neither there nor sent back.
func (j *judge) onTheWay() {
	switch j.s.Stage {
	case StageAnnounced:
		if j.s.Stuck() && (!j.p.ShippedAt.IsZero() || j.o.Status == data.StatusShipped) {
			j.add(Trouble{
				Kind: TroubleAnnounced, Since: j.s.Since, Task: j.say(taskHandOver),
				Finding: data.Finding{Severity: data.Serious, Why: j.say(whyAnnounced), How: howAnnounced.With()},
			})
		}
	case StageHeld:
		j.add(j.toBuyer(Trouble{
			Kind: TroubleHeld, Since: j.s.Since, Task: j.say(taskCustoms), Path: "customs", Notice: service.NoticeCustoms,
			Finding: data.Finding{Severity: data.Serious, Why: j.say(whyHeld), How: howHeld.With()},
		}))
	case StagePickup, StageAttempt:
		j.waits()
	default:
		j.stuck()
	}
	if j.p.Kind != data.ShipmentReturn {
		j.late()
	}
}

// waits tells of a parcel that the buyer has to collect.
func (j *judge) waits() {
	if j.p.Kind == data.ShipmentReturn {
		return
	}
	t := Trouble{
		Kind: TroublePickup, Since: j.s.Since, Due: j.s.KeptUntil, Notice: service.NoticePickup, Task: j.say(taskCollect),
		Finding: data.Finding{Severity: data.Warning, How: howPickup.With(), Origin: j.s.Kept},
	}
	why := whyPickup
	if !j.s.KeptUntil.IsZero() {
		why = whyPickupKept
		if data.Latest(j.s.KeptUntil).Sub(j.now) <= 3*24*time.Hour {
			t.Severity = data.Serious
		}
	}
	t.Why = j.say(why, "until", j.day(j.s.KeptUntil))
	j.add(t)
}

func (j *judge) stuck() {
	if !j.s.Stuck() {
		return
	}
	until, origin := ClaimUntil(j.p)
	how := howStuck
	if !until.IsZero() {
		how = howStuckClaim
	}
	j.add(j.toBuyer(Trouble{
		Kind: TroubleStuck, Since: j.s.Last, Task: j.say(taskAsk), Notice: service.NoticeTransit,
		Finding: data.Finding{Severity: data.Warning, Why: j.say(whyStuck, "days", strconv.Itoa(j.s.Quiet), "date", j.day(j.s.Last)), How: how.With("until", j.day(until)), Origin: origin},
	}))
}

// late compares with what was promised, else with what is usual, else with what
// the shop takes as late.
func (j *judge) late() {
	t := Trouble{
		Kind: TroubleLate, Task: j.say(taskAsk), Notice: service.NoticeLate, Path: "not_arrived",
		Finding: data.Finding{Severity: data.Warning, How: howLate.With()},
	}
	promised := j.p.PromisedAt
	if promised.IsZero() && j.p.Kind == data.ShipmentGoods {
		promised = j.o.DeliverBy
	}
	switch shipped := data.Earliest(j.p.ShippedAt); {
	case !promised.IsZero():
		t.Since = promised
		t.Why = j.say(whyLatePromise, "days", strconv.Itoa(days(data.Latest(promised), j.now)), "date", j.day(promised))
		if !j.now.After(data.Latest(promised)) {
			return
		}
	case j.p.ShippedAt.IsZero():
		return
	default:
		on, usual, why := true, 0, whyLateDays
		args := []any{"days", strconv.Itoa(days(shipped, j.now))}
		if u, ok := j.usual(); ok {
			usual, why = u.Days, whyLateUsual
			args = append(args, "n", strconv.Itoa(u.N), "country", j.o.ShipTo.Country)
		} else {
			usual, on = service.NoticeDays(service.NoticeLate, j.k.Service)
		}
		if !on || days(shipped, j.now) <= usual {
			return
		}
		t.Since, t.Why = shipped.AddDate(0, 0, usual), j.say(why, append(args, "usual", strconv.Itoa(usual))...)
	}
	j.add(j.toBuyer(t))
}

func (j *judge) usual() (Usual, bool) {
	if j.k.Usual == nil {
		return Usual{}, false
	}
	u, ok := j.k.Usual(j.p.Carrier, j.o.ShipTo.Country)
	return u, ok && u.N >= leastUsual && u.Days > 0
}
