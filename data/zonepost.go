package data

import (
	"strings"
)

// postRange are postcodes that lie in one zone: those whose beginning, as a
// text of the same length, lies from From to To. State is the state that they
// belong to; "" where the country's states have no codes here.
type postRange struct {
	from, to string
	state    string
	zone     string
}

// postcodeZone gives the zone that a postcode tells; "" where it tells none. A
// postcode of another state than the one that is written tells nothing: one of
// the two is wrong, and the state is what its reader checked.
func postcodeZone(country, state, postcode string) string {
	code := strings.ToUpper(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, postcode))
	if n, ok := postLength[country]; !ok || len(code) < n {
		return ""
	}
	for _, r := range postZones[country] {
		if head := code[:len(r.from)]; head >= r.from && head <= r.to {
			if state != "" && r.state != "" && state != r.state {
				return ""
			}
			return r.zone
		}
	}
	return ""
}

// postLength is how many signs a postcode has at least; a shorter one was cut
// off, or lost its zeros in a spreadsheet, and tells nothing.
var postLength = map[string]int{"US": 5, "CA": 3, "AU": 4, "RU": 6, "BR": 8, "MX": 5, "ID": 5, "ES": 5, "PT": 4}

// ranges reads lines of "zone state from-to from-to ...", a single beginning
// alone where both are one; "-" is no state. The first line that fits counts.
func ranges(lines string) []postRange {
	var list []postRange
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		if len(words) < 3 {
			continue
		}
		state := strings.Trim(words[1], "-")
		for _, span := range words[2:] {
			from, to, ok := strings.Cut(span, "-")
			if !ok {
				to = from
			}
			list = append(list, postRange{from, to, state, words[0]})
		}
	}
	return list
}

// postZones are the zones of postcodes. Sources: USPS's three-digit prefixes,
// Canada Post's first letters, Australia Post's ranges, the first three digits
// of Russian Post, Correios' ranges of CEP, SEPOMEX's first two digits, Pos
// Indonesia's, Correos' and CTT's. Prefixes of two zones are those of most of
// their people. Prefixes of armed forces abroad are in none.
var postZones = map[string][]postRange{
	"US": ranges(`
America/Chicago FL 324-325
America/Chicago KY 420-424 427
America/Chicago IN 463-464 476-477
America/New_York TN 373-374 376-379
America/Denver TX 798-799 885
America/Denver SD 577
America/Denver ND 586
America/Denver NE 693
America/Los_Angeles ID 835 838
America/Boise OR 979
America/Puerto_Rico - 006-007 009
America/St_Thomas - 008
America/New_York NY 005 100-149
America/New_York MA 010-027
America/New_York RI 028-029
America/New_York NH 030-038
America/New_York ME 039-049
America/New_York VT 050-054 056-059
America/New_York MA 055
America/New_York CT 060-069
America/New_York NJ 070-089
America/New_York PA 150-196
America/New_York DE 197-199
America/New_York DC 200 202-205
America/New_York VA 201 220-246
America/New_York MD 206-219
America/New_York WV 247-268
America/New_York NC 270-289
America/New_York SC 290-299
America/New_York GA 300-319 398-399
America/New_York FL 320-339 341-349
America/Chicago AL 350-369
America/Chicago TN 370-372 375 380-385
America/Chicago MS 386-397
America/New_York KY 400-418 425-426
America/New_York OH 430-459
America/New_York IN 460-462 465-475 478-479
America/New_York MI 480-499
America/Chicago IA 500-528
America/Chicago WI 530-549
America/Chicago MN 550-567
America/Chicago SD 570-576
America/Chicago ND 580-585 587-588
America/Denver MT 590-599
America/Chicago IL 600-629
America/Chicago MO 630-658
America/Chicago KS 660-679
America/Chicago NE 680-692
America/Chicago LA 700-714
America/Chicago AR 716-729
America/Chicago OK 730-732 734-749
America/Chicago TX 733 750-797
America/Denver CO 800-816
America/Denver WY 820-831
America/Denver ID 832-834 836-837
America/Denver UT 840-847
America/Phoenix AZ 850-865
America/Denver NM 870-884
America/Los_Angeles NV 889-898
America/Los_Angeles CA 900-961
Pacific/Honolulu HI 967-968
Pacific/Guam - 969
America/Los_Angeles OR 970-978
America/Los_Angeles WA 980-994
America/Anchorage AK 995-999`),
	"CA": ranges(`
America/Winnipeg ON P9N
America/St_Johns NL A
America/Halifax NS B
America/Halifax PE C
America/Halifax NB E
America/Toronto QC G-H J
America/Toronto ON K-N P
America/Winnipeg MB R
America/Regina SK S
America/Edmonton AB T
America/Vancouver BC V
America/Edmonton NT X0E X0G X1
America/Whitehorse YT Y`),
	"AU": ranges(`
Australia/Broken_Hill NSW 2880
Australia/Sydney ACT 02 2600-2618 29
Australia/Darwin NT 08-09
Australia/Sydney NSW 1-2
Australia/Melbourne VIC 3 8
Australia/Brisbane QLD 4 9
Australia/Adelaide SA 5
Australia/Perth WA 6
Australia/Hobart TAS 7`),
	"RU": ranges(`
Europe/Kaliningrad - 236-238
Europe/Volgograd - 400-404
Europe/Saratov - 410-413
Europe/Astrakhan - 414-416
Europe/Samara - 426-427 443-446
Europe/Ulyanovsk - 432-433
Asia/Yekaterinburg - 450-457 460-462 614-629 640-641
Asia/Omsk - 644-646
Asia/Novosibirsk - 630-633
Asia/Tomsk - 634-636
Asia/Barnaul - 649 656-659
Asia/Novokuznetsk - 650-654
Asia/Krasnoyarsk - 655 660-663 667-668
Asia/Irkutsk - 664-666 669-671
Asia/Chita - 672-674 687
Asia/Yakutsk - 675-678
Asia/Vladivostok - 679-682 690-692
Asia/Kamchatka - 683-684 688
Asia/Magadan - 685-686
Asia/Anadyr - 689
Asia/Sakhalin - 693-694
Europe/Moscow - 101-249 300-399 420-431 440-442 600-613`),
	"BR": ranges(`
America/Boa_Vista RR 693
America/Rio_Branco AC 699
America/Manaus AM 690-692 694-698
America/Porto_Velho RO 768-769
America/Cuiaba MT 780-788
America/Campo_Grande MS 790-799
America/Belem - 660-689
America/Sao_Paulo - 010-659 700-767 770-779 789 800-999`),
	"MX": ranges(`
America/Tijuana - 21-22
America/Mazatlan - 23 63 80-82
America/Ciudad_Juarez - 32
America/Chihuahua - 31 33
America/Hermosillo - 83-85
America/Cancun - 77
America/Mexico_City - 01-20 24-30 34-62 64-76 78-79 86-99`),
	"ID": ranges(`
Asia/Jakarta - 1-6
Asia/Makassar - 70-72 75-77 80-96
Asia/Pontianak - 73-74 78-79
Asia/Jayapura - 97-99`),
	"ES": ranges(`
Atlantic/Canary - 35 38
Europe/Madrid - 01-34 36-37 39-52`),
	"PT": ranges(`
Atlantic/Azores - 95-99
Atlantic/Madeira - 90-94
Europe/Lisbon - 1-8`),
}
