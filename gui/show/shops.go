package show

import (
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// ShopOptions lists shops for a choice.
func ShopOptions(shops []data.Shop) []kit.Option[int64] {
	list := make([]kit.Option[int64], 0, len(shops))
	for _, s := range shops {
		list = append(list, kit.Option[int64]{Value: s.ID, Text: s.Name + " · " + s.Platform.Title()})
	}
	return list
}

// zones are offered for a shop; any other IANA name can be typed.
var zones = []string{
	"Asia/Shanghai", "America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid",
	"Europe/Moscow", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Australia/Sydney",
	"America/Sao_Paulo", "America/Mexico_City", "UTC",
}

// shopFields are the fields that say what a shop is.
type shopFields struct {
	id       int64
	platform *kit.Choice[data.Platform]
	name     *kit.Entry
	zone     *kit.SelectEntry
	currency *kit.SelectEntry
	proposed string // zone of a new shop; "" when nothing is proposed
	site     *kit.SelectEntry
}

// sites are offered for a shop, by the country of the platform's site; any other
// country can be typed.
var sites = []string{"US", "GB", "DE", "FR", "IT", "ES", "AU", "CA", "JP", "SG", "MY", "TH", "VN", "PH", "ID", "TW", "BR", "MX", "PL", "NL"}

// PlatformOptions are all platforms by their names.
func PlatformOptions() []kit.Option[data.Platform] {
	var all []kit.Option[data.Platform]
	for _, p := range data.Platforms() {
		title := p.Title()
		if p == data.OtherSite {
			title = words.T("platform.other")
		}
		all = append(all, kit.Option[data.Platform]{Value: p, Text: title})
	}
	return all
}

func NewShopFields(u *kit.UI, s data.Shop) *shopFields {
	f := &shopFields{id: s.ID, name: kit.NewEntry(u), zone: kit.NewSelectEntry(zones), currency: kit.NewSelectEntry(kit.Currencies()), site: kit.NewSelectEntry(sites)}
	f.platform = kit.NewChoice(PlatformOptions(), s.Platform, func(p data.Platform) {
		if s.ID == 0 && f.zone.Text == f.proposed { // not what somebody typed
			f.proposed = p.Zone()
			f.zone.SetText(f.proposed)
		}
	})
	if s.ID == 0 && s.Zone == "" {
		s.Zone = s.Platform.Zone()
		f.proposed = s.Zone
	}
	f.name.SetText(s.Name)
	f.name.SetPlaceHolder(words.T("shop.name.hint"))
	f.zone.SetText(s.Zone)
	f.currency.SetText(s.Currency)
	f.site.SetText(s.Site)
	kit.Trace("shop.name", f.name)
	return f
}

func (f *shopFields) Shop() data.Shop {
	return data.Shop{
		ID: f.id, Platform: f.platform.Value(), Name: strings.TrimSpace(f.name.Text),
		Zone: strings.TrimSpace(f.zone.Text), Currency: strings.ToUpper(strings.TrimSpace(f.currency.Text)),
		Site: strings.ToUpper(strings.TrimSpace(f.site.Text)),
	}
}

func (f *shopFields) List() []*kit.Field {
	return []*kit.Field{
		{Label: words.T("shop.platform"), Object: f.platform},
		{Label: words.T("shop.name"), Object: f.name, Check: func() error {
			if strings.TrimSpace(f.name.Text) == "" {
				return kit.ProblemRequired.New("field", words.T("shop.name"))
			}
			return nil
		}},
		{Label: words.T("shop.zone"), Hint: words.T("shop.zone.hint"), Object: f.zone},
		{Label: words.T("shop.site"), Hint: words.T("shop.site.hint"), Object: f.site},
		{Label: words.T("shop.currency"), Hint: words.T("shop.currency.hint"), Object: f.currency},
	}
}

// Zones are the zones that are offered for a shop, or for the times in a file.
func Zones() []string { return slices.Clone(zones) }
