package show

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// A SentBy asks by which channel a copied reply went out. It proposes the usual one,
// keeps what a person chose while the same reply waits, and hides where a reply is no
// message.
type SentBy struct {
	Object *fyne.Container

	choice *kit.Choice[string]
	about  data.ReplyAbout
	chosen bool
	known  bool
}

// NewSentBy makes the question; name is for the trace.
func NewSentBy(name string) *SentBy {
	s := &SentBy{}
	s.choice = kit.NewChoice(nil, "", func(string) { s.chosen = true })
	kit.Trace(name, s.choice)
	label := widget.NewLabel(words.T("thread.sent.by"))
	label.Importance = widget.LowImportance
	s.Object = container.NewHBox(label, s.choice)
	s.Object.Hide()
	return s
}

// Offer takes the channels of a reply on a platform.
func (s *SentBy) Offer(about data.ReplyAbout, platform data.Platform, ways desk.ReplyChannels) {
	before := s.choice.Value()
	s.choice.SetChoices(channelOptions(platform, ways.All))
	s.known = len(ways.All) > 0
	if about == s.about && s.chosen {
		s.choice.Set(before)
		return
	}
	s.about, s.chosen = about, false
	s.choice.Set(ways.Usual)
}

// Ask shows the question where a copied reply waits.
func (s *SentBy) Ask(copied bool) {
	if copied && s.known {
		s.Object.Show()
	} else {
		s.Object.Hide()
	}
}

// Answer gives the channel, and asks anew for the next reply.
func (s *SentBy) Answer() string {
	s.chosen = false
	return s.choice.Value()
}

// channelOptions are channels in words; the platform's own messages say that they
// are that.
func channelOptions(platform data.Platform, channels []string) []kit.Option[string] {
	options := make([]kit.Option[string], len(channels))
	for i, channel := range channels {
		options[i] = kit.Option[string]{Value: channel, Text: ChannelName(channel)}
		if channel == string(platform) {
			options[i].Text = words.T("thread.channel.site", "platform", platform.Title())
		}
	}
	return options
}
