// Package look is how the window looks: colors, sizes and fonts.
//
// Its one rule: colors and sizes are named here and nowhere else. Red, amber
// and green mean urgency, and whoever draws them adds a word or a sign.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colors beside those of Fyne.
const (
	Muted    fyne.ThemeColorName = "casebinder.muted"    // second-rate text
	Hairline fyne.ThemeColorName = "casebinder.hairline" // between rows and panes
	Header   fyne.ThemeColorName = "casebinder.header"   // behind column titles and bars
	RowHover fyne.ThemeColorName = "casebinder.hover"
	RowMark  fyne.ThemeColorName = "casebinder.mark" // the selected row in the focused table
	RowDim   fyne.ThemeColorName = "casebinder.dim"  // the selected row elsewhere
	Panel    fyne.ThemeColorName = "casebinder.panel"
	Red      fyne.ThemeColorName = "casebinder.red" // urgency alone
	Amber    fyne.ThemeColorName = "casebinder.amber"
	Green    fyne.ThemeColorName = "casebinder.green"
	RedWash  fyne.ThemeColorName = "casebinder.red.wash" // behind words in these colors
	AmbWash  fyne.ThemeColorName = "casebinder.amber.wash"
	GrnWash  fyne.ThemeColorName = "casebinder.green.wash"
	Ours     fyne.ThemeColorName = "casebinder.ours" // behind what the seller wrote in a chat
	Theirs   fyne.ThemeColorName = "casebinder.theirs"
	Toast    fyne.ThemeColorName = "casebinder.toast"
	ToastInk fyne.ThemeColorName = "casebinder.toast.ink"
)

// Sizes in Fyne's units, one of which is a pixel at scale 1.
const (
	Text    = 13 // everything
	Small   = 11 // captions
	Heading = 16 // a record's title
	Row     = 28 // height of a table's row
	Gap     = 8  // between groups
	Tight   = 4  // within a group
)

// Mode says which colors are wanted.
type Mode string

// The modes; System follows the system's setting.
const (
	System Mode = "system"
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Modes lists the modes in the order in which a choice shows them.
func Modes() []Mode { return []Mode{System, Light, Dark} }

// Theme is the theme of the window.
type Theme struct{ Mode Mode }

var _ fyne.Theme = Theme{}

// Color gives a color in the mode, or in the variant that the system wants.
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.Mode {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	set := light
	if variant == theme.VariantDark {
		set = dark
	}
	if c, ok := set[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Icon gives Fyne's own icons.
func (Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size gives the compact sizes.
func (Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

// Font gives one face for all scripts in regular and one in bold.
func (Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return bold
	}
	return regular
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               Text,
	theme.SizeNameCaptionText:        Small,
	theme.SizeNameSubHeadingText:     Heading,
	theme.SizeNameHeadingText:        Heading,
	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       6,
	theme.SizeNameInlineIcon:         16,
	theme.SizeNameLineSpacing:        3,
	theme.SizeNameScrollBar:          12,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameInputRadius:        4,
	theme.SizeNameSelectionRadius:    3,
	theme.SizeNameButtonRadius:       4,
	theme.SizeNameDialogRadius:       6,
	theme.SizeNamePopupRadius:        6,
	theme.SizeNameMenuRadius:         4,
	theme.SizeNameSeparatorThickness: 1,
}

func rgb(hex uint32) color.Color {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32) color.Color {
	return color.NRGBA{R: uint8(hex >> 24), G: uint8(hex >> 16), B: uint8(hex >> 8), A: uint8(hex)}
}

var light = map[fyne.ThemeColorName]color.Color{
	theme.ColorNameBackground:          rgb(0xffffff),
	theme.ColorNameForeground:          rgb(0x1c2430),
	theme.ColorNamePrimary:             rgb(0x1f5fbf),
	theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	theme.ColorNameHyperlink:           rgb(0x1f5fbf),
	theme.ColorNameButton:              rgb(0xeef1f5),
	theme.ColorNameDisabledButton:      rgb(0xf3f5f7),
	theme.ColorNameDisabled:            rgb(0x68717e),
	theme.ColorNamePlaceHolder:         rgb(0x616b79),
	theme.ColorNameInputBackground:     rgb(0xf5f7fa),
	theme.ColorNameInputBorder:         rgb(0x858e9b),
	theme.ColorNameMenuBackground:      rgb(0xffffff),
	theme.ColorNameOverlayBackground:   rgb(0xffffff),
	theme.ColorNameHeaderBackground:    rgb(0xf3f5f8),
	theme.ColorNameSeparator:           rgb(0xdde2e9),
	theme.ColorNameHover:               rgba(0x1c24300f),
	theme.ColorNamePressed:             rgba(0x1c24301f),
	theme.ColorNameFocus:               rgba(0x1f5fbf3a),
	theme.ColorNameSelection:           rgba(0x1f5fbf33),
	theme.ColorNameScrollBar:           rgba(0x1c243060),
	theme.ColorNameScrollBarBackground: rgba(0x1c24300a),
	theme.ColorNameShadow:              rgba(0x1c24301f),
	theme.ColorNameError:               rgb(0xb3261e),
	theme.ColorNameWarning:             rgb(0x8a5a00),
	theme.ColorNameSuccess:             rgb(0x1d6b3a),

	Muted:    rgb(0x5f6977),
	Hairline: rgb(0xe6eaef),
	Header:   rgb(0xf3f5f8),
	RowHover: rgb(0xf5f8fc),
	RowMark:  rgb(0xdce9fb),
	RowDim:   rgb(0xe7ecf3),
	Panel:    rgb(0xf8f9fb),
	Red:      rgb(0xb3261e),
	Amber:    rgb(0x8a5a00),
	Green:    rgb(0x1d6b3a),
	RedWash:  rgb(0xfce8e6),
	AmbWash:  rgb(0xfdf0d5),
	GrnWash:  rgb(0xe3f3e8),
	Ours:     rgb(0xe0ecfb),
	Theirs:   rgb(0xeff2f6),
	Toast:    rgb(0x2a3442),
	ToastInk: rgb(0xffffff),
}

var dark = map[fyne.ThemeColorName]color.Color{
	theme.ColorNameBackground:          rgb(0x1a1e24),
	theme.ColorNameForeground:          rgb(0xe3e7ed),
	theme.ColorNamePrimary:             rgb(0x6ea8ff),
	theme.ColorNameForegroundOnPrimary: rgb(0x0d1622),
	theme.ColorNameHyperlink:           rgb(0x6ea8ff),
	theme.ColorNameButton:              rgb(0x2b323c),
	theme.ColorNameDisabledButton:      rgb(0x242a32),
	theme.ColorNameDisabled:            rgb(0x87919e),
	theme.ColorNamePlaceHolder:         rgb(0x8f99a7),
	theme.ColorNameInputBackground:     rgb(0x14181d),
	theme.ColorNameInputBorder:         rgb(0x747f8d),
	theme.ColorNameMenuBackground:      rgb(0x242a32),
	theme.ColorNameOverlayBackground:   rgb(0x21262e),
	theme.ColorNameHeaderBackground:    rgb(0x21262e),
	theme.ColorNameSeparator:           rgb(0x343b46),
	theme.ColorNameHover:               rgba(0xffffff12),
	theme.ColorNamePressed:             rgba(0xffffff22),
	theme.ColorNameFocus:               rgba(0x6ea8ff44),
	theme.ColorNameSelection:           rgba(0x6ea8ff44),
	theme.ColorNameScrollBar:           rgba(0xffffff60),
	theme.ColorNameScrollBarBackground: rgba(0xffffff0a),
	theme.ColorNameShadow:              rgba(0x00000080),
	theme.ColorNameError:               rgb(0xff8a80),
	theme.ColorNameWarning:             rgb(0xf2c063),
	theme.ColorNameSuccess:             rgb(0x7fd29b),

	Muted:    rgb(0x9aa4b2),
	Hairline: rgb(0x2a3039),
	Header:   rgb(0x21262e),
	RowHover: rgb(0x21272f),
	RowMark:  rgb(0x223a5c),
	RowDim:   rgb(0x2b323c),
	Panel:    rgb(0x1f242b),
	Red:      rgb(0xff8a80),
	Amber:    rgb(0xf2c063),
	Green:    rgb(0x7fd29b),
	RedWash:  rgb(0x4a2320),
	AmbWash:  rgb(0x43361a),
	GrnWash:  rgb(0x1f3a29),
	Ours:     rgb(0x23384f),
	Theirs:   rgb(0x282f38),
	Toast:    rgb(0xe3e7ed),
	ToastInk: rgb(0x1a1e24),
}

// Color gives a color of the theme in use.
func Color(name fyne.ThemeColorName) color.Color {
	return theme.Current().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}
