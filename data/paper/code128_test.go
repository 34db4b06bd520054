package paper

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Worked by hand from the tables of ISO/IEC 15417.
func TestCode128(t *testing.T) {
	for text, want := range map[string][]int{
		"A":     {104, 33, 34, 106},             // 104 + 33 = 137, less 103
		"1234":  {105, 12, 34, 82, 106},         // 105 + 12 + 68 = 185
		"A1234": {104, 33, 99, 12, 34, 99, 106}, // 104 + 33 + 198 + 36 + 136 = 507, less 4 x 103 = 412: 95
	} {
		if text == "A1234" {
			want[5] = 95
		}
		got, ok := code128(text)
		if !ok || !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "é", "a\nb", strings.Repeat("7", 49)} {
		if _, ok := code128(text); ok {
			t.Errorf("%q has a code", text)
		}
	}
	for value, pattern := range patterns {
		sum := 0
		for _, n := range pattern {
			sum += int(n - '0')
		}
		if want := 11; value != stopCode && sum != want {
			t.Errorf("pattern %d has %d modules", value, sum)
		}
	}
	if seen := slices.Compact(slices.Sorted(slices.Values(patterns[:]))); len(seen) != 107 {
		t.Errorf("%d patterns differ, want 107", len(seen))
	}
}

// Another program reads the codes from the printed page, as a label printer prints
// it: 203 dots an inch.
func TestBarcodesAreReadByOthers(t *testing.T) {
	numbers := []string{"8123000000000017", "12-11540-69169", "#1042", "GSH123456789012", "112-1234567-1234567", "ETSY-0042", "7", "99123456789", "a1b22c333d4444e55555"}
	var orders []Order
	for _, n := range numbers {
		orders = append(orders, invented(n, "en"))
	}
	for _, size := range Sizes() {
		r, path := write(t, Options{Kind: ParcelList, Size: size}, orders...)
		if len(r.Findings) > 0 {
			t.Errorf("%s: found %v", size, rules(r))
		}
		prefix := filepath.Join(t.TempDir(), "page")
		tool(t, "pdftoppm", "-r", "203", "-gray", path, prefix)
		pages, err := filepath.Glob(prefix + "-*.pgm")
		if err != nil || len(pages) != len(numbers) {
			t.Fatalf("%s: %d pages: %v", size, len(pages), err)
		}
		slices.Sort(pages)
		want := "CODE-128:" + strings.Join(numbers, "\nCODE-128:") + "\n"
		if got := tool(t, "zbarimg", append([]string{"--nodbus", "-q"}, pages...)...); got != want {
			t.Errorf("%s: read are\n%s", size, got)
		}
	}
}

func FuzzCode128(f *testing.F) {
	f.Add("8123000000000017")
	f.Add("a1b22c333d4444e55555")
	f.Fuzz(func(t *testing.T, text string) {
		values, ok := code128(text)
		if !ok {
			return
		}
		var back strings.Builder
		c := values[0] == startC
		for _, v := range values[1 : len(values)-2] {
			switch {
			case c && v == toCodeB, !c && v == toCodeC:
				c = !c
			case c:
				back.WriteByte(byte('0' + v/10))
				back.WriteByte(byte('0' + v%10))
			default:
				back.WriteByte(byte(' ' + v))
			}
		}
		if back.String() != text {
			t.Errorf("%q is decoded as %q", text, back.String())
		}
	})
}
