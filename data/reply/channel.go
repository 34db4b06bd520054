package reply

import (
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Channel is what a platform or messenger takes, and its rules for messages.
type Channel struct {
	ID               string `toml:"id"`                // a platform, or "whatsapp" and the like
	Length           int    `toml:"length"`            // most characters of one message; 0: no figure known
	AddressFixed     bool   `toml:"address_fixed"`     // the order's address alone is protected: cancel and order again
	FeedbackEditable bool   `toml:"feedback_editable"` // a buyer can change feedback afterwards
	NoMarketing      bool   `toml:"no_marketing"`      // messages that advertise are forbidden
	data.Origin
}

type channelFile struct {
	Channels []Channel `toml:"channel"`
}

const channelsFile = "templates/channels.toml"

var channelKind = pack.Kind[channelFile]{ID: func(*channelFile) string { return "" }, Check: func(f *channelFile, r *pack.Report) {
	seen := map[string]bool{}
	for i, c := range f.Channels {
		if c.ID == "" || seen[c.ID] {
			r.Fail(pack.At("channel", i), "the id “%s” is empty, or there twice", c.ID)
		}
		seen[c.ID] = true
		if c.Length < 0 {
			r.Fail(pack.At("channel", i, "length"), "a length is 0 or more")
		}
		r.Origin(pack.At("channel", i), c.ID, c.Origin)
	}
}}

var readChannels = sync.OnceValues(func() (map[string]Channel, error) {
	text, err := assets.FS.ReadFile(channelsFile)
	if err != nil {
		return nil, err
	}
	file, err := channelKind.Decode(channelsFile, text)
	if err != nil {
		return nil, err
	}
	all := map[string]Channel{}
	for _, c := range file.Channels {
		all[c.ID] = c
	}
	return all, nil
})

// ChannelOf gives what is known of a channel: a platform's name, or that of a
// messenger; false where nothing is.
func ChannelOf(id string) (Channel, bool) {
	all, err := readChannels()
	if err != nil {
		return Channel{}, false
	}
	c, ok := all[id]
	return c, ok
}

func fixedAddress(p data.Platform) bool {
	c, _ := ChannelOf(string(p))
	return c.AddressFixed
}

func editableFeedback(p data.Platform) bool {
	c, _ := ChannelOf(string(p))
	return c.FeedbackEditable
}
