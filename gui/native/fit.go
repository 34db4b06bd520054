package native

import "image"

// fitted moves a window into the room that its screen has, and shrinks it where it is
// larger: what a person needs to move or close it stays in sight.
func fitted(window, room image.Rectangle) image.Rectangle {
	size := image.Pt(min(window.Dx(), room.Dx()), min(window.Dy(), room.Dy()))
	at := image.Pt(
		max(room.Min.X, min(window.Min.X, room.Max.X-size.X)),
		max(room.Min.Y, min(window.Min.Y, room.Max.Y-size.Y)))
	return image.Rectangle{Min: at, Max: at.Add(size)}
}
