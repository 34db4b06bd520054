// Package assets holds what the program carries with it: fonts, icons,
// languages, words of chat and tracking pages, policy packs, upload profiles, import presets, mail recognizers, reply templates, rules on feedback, ways to pay, words of pages of ratings, rules of the review before shipping, by what buyers are compared,
// templates of statements and the sample desk.
//
// Its one rule: data only. Nothing in here is computed, and nothing outside of
// this package reads these files from the disk.
package assets

import "embed"

// FS holds every asset under its path in this folder, with forward slashes:
// "fonts/NotoSans-Regular.ttf", "presets/ebay-orders.toml", and so on.
//
//go:embed buyer chat feedback fonts gate goods health icons lang licenses/THIRD-PARTY.txt listing notices packing papers parcel paths payments policies presets profiles ratedpage retention risk sample service statements templates tongue
var FS embed.FS

// The faces of the window, which cmd/dev/typeface makes of those in fonts. The
// toolkit reads each several times: they are bytes, so that it needs no copy.
var (
	//go:embed window/CasebinderWindow-Regular.otf
	WindowRegular []byte
	//go:embed window/CasebinderWindow-Bold.otf
	WindowBold []byte
)
