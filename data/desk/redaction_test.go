package desk_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// cameraPhoto is a JPEG as a camera writes it: EXIF with its owner and a place,
// and a small picture of all that is to be seen.
func cameraPhoto(t *testing.T) (photo, small []byte) {
	t.Helper()
	draw := func(w, h int) []byte {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				img.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8((x / 8) ^ (y / 8)), 255})
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	photo, small = draw(320, 240), draw(32, 24)
	const owner = "Quillfeather Invented\x00"
	le := binary.LittleEndian
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, count, value uint32) {
		tiff = le.AppendUint16(tiff, tag)
		tiff = le.AppendUint16(tiff, kind)
		tiff = le.AppendUint32(tiff, count)
		tiff = le.AppendUint32(tiff, value)
	}
	const first, gps, second = 8, 38, 92 // where the directories begin
	const text, place = second + 30, second + 30 + uint32(len(owner))
	tiff = le.AppendUint16(tiff, 2)
	entry(0x013b, 2, uint32(len(owner)), text) // artist
	entry(0x8825, 4, 1, gps)
	tiff = le.AppendUint32(tiff, second)
	tiff = le.AppendUint16(tiff, 4)
	entry(1, 2, 2, 'N')
	entry(2, 5, 3, place)
	entry(3, 2, 2, 'E')
	entry(4, 5, 3, place)
	tiff = le.AppendUint32(tiff, 0)
	tiff = le.AppendUint16(tiff, 2)
	entry(0x0201, 4, 1, place+24)
	entry(0x0202, 4, 1, uint32(len(small)))
	tiff = le.AppendUint32(tiff, 0)
	tiff = append(tiff, owner...)
	for _, n := range []uint32{48, 1, 51, 1, 30, 1} {
		tiff = le.AppendUint32(tiff, n)
	}
	tiff = append(append([]byte("Exif\x00\x00"), tiff...), small...)
	app1 := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(tiff)+2))
	return append(append(append([]byte{}, photo[:2]...), append(app1, tiff...)...), photo[2:]...), small
}

// inBag reads every file of an exported bag.
func inBag(t *testing.T, path string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		all[f.Name] = raw
	}
	return all
}

// A redacted photo leaves without what its camera wrote into it: neither the
// original nor its small picture, owner and place are in anything that is
// exported, while the custody log names both by their hashes.
func TestRedactedPhotoLeavesNothingBehind(t *testing.T) {
	d, order := imported(t)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived, OpenedAt: clock})
	if err != nil {
		t.Fatal(err)
	}
	photo, small := cameraPhoto(t)
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Name: "door.jpg", Bytes: photo, Kind: data.KindDelivery}}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	original := report.Added[0]
	if original.Place == "" {
		t.Error("the place in the photo was not read, so that its absence shows nothing")
	}
	made, err := d.MarkPicture(t.Context(), dispute.ID, original.ID, []data.Edit{{Kind: data.EditBox, X: 80, Y: 60, W: 80, H: 60}})
	if err != nil {
		t.Fatal(err)
	}
	done, err := d.ExportBundle(t.Context(), desk.BundleRequest{DisputeID: dispute.ID, Dir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	files := inBag(t, done.BagPath)
	printed, err := os.ReadFile(done.PDFPath)
	if err != nil {
		t.Fatal(err)
	}
	files["the PDF beside the bag"] = printed
	shipped, log := 0, ""
	for name, raw := range files {
		for what, secret := range map[string][]byte{
			"the original": photo[len(photo)-2000:], "its small picture": small, "its owner": []byte("Quillfeather"), "its place": []byte(original.Place), "EXIF": []byte("Exif\x00\x00"),
		} {
			if bytes.Contains(raw, secret) {
				t.Errorf("%s holds %s", name, what)
			}
		}
		hash := sha256.Sum256(raw)
		sum := hex.EncodeToString(hash[:])
		if sum == original.SHA256 {
			t.Errorf("%s is the original", name)
		}
		if sum == made.SHA256 {
			shipped++
		}
		if strings.HasSuffix(name, "/custody.jsonl") {
			log = string(raw)
		}
	}
	if shipped != 1 {
		t.Errorf("the copy is in the bag %d times", shipped)
	}
	for _, want := range []string{original.SHA256, made.SHA256, original.UID, made.UID} {
		if !strings.Contains(log, want) {
			t.Errorf("the custody log does not name %s:\n%s", want, log)
		}
	}
}
