package native

import (
	"image"
	"testing"
)

func TestAWindowFitsItsScreen(t *testing.T) {
	laptop := image.Rect(0, 0, 1366, 728)     // 1366 x 768 with a bar of 40 below
	second := image.Rect(-1920, 200, 0, 1240) // left of the first one, a bar below
	barAbove := image.Rect(0, 60, 1366, 768)  // the bar is at the top
	for name, c := range map[string]struct{ window, room, want image.Rectangle }{
		"at 100 %":                  {image.Rect(40, 10, 1328, 717), laptop, image.Rect(40, 10, 1328, 717)},
		"too far to the right":      {image.Rect(200, 10, 1488, 717), laptop, image.Rect(78, 10, 1366, 717)},
		"at 125 %, 1600 x 850":      {image.Rect(26, 26, 1636, 905), laptop, image.Rect(0, 0, 1366, 728)},
		"at 150 %, taller alone":    {image.Rect(26, 26, 1226, 1060), laptop, image.Rect(26, 0, 1226, 728)},
		"on a screen to the left":   {image.Rect(-1900, 150, -612, 857), second, image.Rect(-1900, 200, -612, 907)},
		"below a bar at the top":    {image.Rect(0, 0, 1288, 707), barAbove, image.Rect(0, 60, 1288, 767)},
		"where a screen was before": {image.Rect(3000, 2000, 4288, 2707), laptop, image.Rect(78, 21, 1366, 728)},
	} {
		if got := fitted(c.window, c.room); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
