package bag

import (
	"archive/zip"
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const declared97 = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"

func line256(content, name string) string { return sum256(content) + "  " + name + "\n" }

// utf16le is a text in UTF-16 with its mark.
func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// TestStrictness goes through the rules of RFC 8493 and of 0.97 one by one.
func TestStrictness(t *testing.T) {
	h := handMade()
	both := h["manifest-sha256.txt"]
	old := h.with("bagit.txt", declared97)
	sha1Lines := fmt.Sprintf("%x  data/a.txt\n%x  data/sub/b.txt\n", sha1.Sum([]byte("aaaa")), sha1.Sum([]byte("bbbb")))
	md5Lines := fmt.Sprintf("%x  data/a.txt\n%x  data/sub/b.txt\n", md5.Sum([]byte("aaaa")), md5.Sum([]byte("bbbb")))
	sha512Lines := fmt.Sprintf("%x  data/a.txt\n%x  data/sub/b.txt\n", sha512.Sum512([]byte("aaaa")), sha512.Sum512([]byte("bbbb")))
	one := func(declared, file, line string) hand {
		return hand{"bagit.txt": declared, file: "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  " + line + "\n"}
	}
	for _, c := range []struct {
		name    string
		bag     hand
		verdict Verdict
		kinds   string
	}{
		// Algorithms.
		{"md5 alone", old.with("manifest-sha256.txt", "-", "manifest-md5.txt", md5Lines), Intact, ""},
		{"sha1 alone", h.with("manifest-sha256.txt", "-", "manifest-sha1.txt", sha1Lines), Intact, ""},
		{"sha512 alone", h.with("manifest-sha256.txt", "-", "manifest-sha512.txt", sha512Lines), Intact, ""},
		{"four at once", h.with("manifest-md5.txt", md5Lines, "manifest-sha1.txt", sha1Lines, "manifest-sha512.txt", sha512Lines), Intact, ""},
		{"sha-512 in the name", h.with("manifest-sha-512.txt", sha512Lines), Intact, ""},
		{"one of four is wrong", h.with("manifest-md5.txt", md5Lines, "manifest-sha1.txt", strings.Replace(sha1Lines, "7", "8", 1)), Altered, "altered data/a.txt"},
		{"upper-case name of a manifest", h.with("Manifest-md5.txt", md5Lines), Intact, ""},
		// Several manifests.
		{"a file in one manifest alone, 1.0", h.with("manifest-md5.txt", md5Lines, "manifest-sha256.txt", line256("aaaa", "data/a.txt")), Altered, "unlisted data/sub/b.txt"},
		{"a file in one manifest alone, 0.97", old.with("manifest-md5.txt", md5Lines, "manifest-sha256.txt", line256("aaaa", "data/a.txt")), Intact, ""},
		{"in none of two, 0.97", old.with("manifest-md5.txt", md5Lines, "data/c.txt", "c", "bag-info.txt", "-"), Altered, "unlisted data/c.txt"},
		// fetch.txt.
		{"fetched already", h.with("fetch.txt", "https://example.invalid/a 4 data/a.txt\n"), Intact, ""},
		{"fetch without a length", h.with("data/a.txt", "-", "bag-info.txt", "-", "fetch.txt", "https://example.invalid/a - data/a.txt\n"), Incomplete, "fetch data/a.txt"},
		{"fetch with a name in two words", hand{
			"bagit.txt": declared10, "data/b": "b", "manifest-sha256.txt": line256("x", "data/a b.txt") + line256("b", "data/b"),
			"fetch.txt": "https://example.invalid/a 4 data/a b.txt\n",
		}, Incomplete, "fetch data/a b.txt"},
		{"fetch of what no manifest lists", h.with("fetch.txt", "https://example.invalid/a 4 data/z.txt\n"), Altered, "malformed fetch.txt"},
		{"fetch of a tag file", h.with("fetch.txt", "https://example.invalid/a 4 bag-info.txt\n"), Altered, "malformed fetch.txt"},
		{"fetch with a bad length", h.with("fetch.txt", "https://example.invalid/a four data/a.txt\n"), Altered, "malformed fetch.txt"},
		{"fetch of a file of this system", h.with("fetch.txt", "file:///etc/passwd 4 /etc/passwd\n"), Unsafe, "unsafe fetch.txt"},
		{"a fetched file that is wrong", h.with("data/a.txt", "aaab", "fetch.txt", "https://example.invalid/a 4 data/a.txt\n"), Altered, "altered data/a.txt"},
		// Names with percent signs.
		{"CR and LF, 1.0", one(declared10, "data/a\r\nb", "data/a%0D%0Ab"), Intact, ""},
		{"CR and LF, 0.97, lower case", one(declared97, "data/a\r\nb", "data/a%0d%0ab"), Intact, ""},
		{"%25 is a percent sign in 1.0", one(declared10, "data/100%.txt", "data/100%25.txt"), Intact, ""},
		{"%25 is itself in 0.97", one(declared97, "data/100%25.txt", "data/100%25.txt"), Intact, ""},
		{"%25 in 0.97 is no percent sign", one(declared97, "data/100%.txt", "data/100%25.txt"), Altered, "unlisted data/100%.txt; missing data/100%25.txt"},
		{"%20 is no space", one(declared10, "data/a b.txt", "data/a%20b.txt"), Altered, "unlisted data/a b.txt; missing data/a%20b.txt"},
		{"%2e%2e does not climb", one(declared10, "data/a.txt", "data/%2e%2e/a.txt"), Altered, "missing data/%2e%2e/a.txt; unlisted data/a.txt"},
		// Marks of other programs.
		{"* and CRLF", h.with("manifest-sha256.txt", strings.NewReplacer("\n", "\r\n", "  data/a", " *data/a").Replace(both)), Intact, "?name_form data/a.txt"},
		{"* is the name", one(declared10, "data/*.txt", "data/*.txt"), Intact, ""},
		{"spaces around", h.with("manifest-sha256.txt", strings.ReplaceAll(both, "  data", " \t data")), Intact, ""},
		{"a name that ends in a space", one(declared10, "data/a ", "data/a "), Intact, ""},
		{"mark and CRLF", h.with("manifest-sha256.txt", "\ufeff"+strings.ReplaceAll(both, "\n", "\r\n")), Intact, "?bom manifest-sha256.txt"},
		{"mark in bag-info.txt", h.with("bag-info.txt", "\ufeffContact-Name: A\n"), Intact, "?bom bag-info.txt"},
		{"UTF-16", hand{
			"bagit.txt": "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n", "data/é.txt": "aaaa",
			"bag-info.txt": utf16le("Payload-Oxum: 4.1\n"), "manifest-sha256.txt": utf16le(line256("aaaa", "data/é.txt")),
		}, Intact, ""},
		{"ISO-8859-1", hand{
			"bagit.txt":  "BagIt-Version: 0.97\nTag-File-Character-Encoding: ISO-8859-1\n",
			"data/é.txt": "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  data/\xe9.txt\n",
		}, Intact, ""},
		// Duplicates.
		{"listed twice, 1.0", h.with("manifest-sha256.txt", both+line256("aaaa", "data/a.txt")), Altered, "malformed data/a.txt"},
		{"listed twice, 0.97", old.with("manifest-sha256.txt", both+line256("aaaa", "data/a.txt")), Intact, "?malformed data/a.txt"},
		{"listed twice otherwise", old.with("manifest-sha256.txt", both+line256("aaab", "data/a.txt")), Altered, "malformed data/a.txt"},
		{"listed in two forms", hand{
			"bagit.txt": declared10, "data/é": "aaaa", "manifest-sha256.txt": line256("aaaa", "data/é") + line256("aaaa", "data/e\u0301"),
		}, Altered, "malformed data/é; ?name_form data/é"},
		{"labels twice", h.with("bag-info.txt", "Payload-Oxum: 8.2\nContact-Name: A\nContact-Name: B\n"), Intact, ""},
		{"two sums of the payload", h.with("bag-info.txt", "Payload-Oxum: 8.2\npayload-oxum: 8.3\n"), Altered, "oxum bag-info.txt"},
		// Payload-Oxum.
		{"right bytes, wrong files", h.with("bag-info.txt", "Payload-Oxum: 8.1\n"), Altered, "oxum bag-info.txt"},
		{"right files, wrong bytes", h.with("bag-info.txt", "Payload-Oxum: 7.2\n"), Altered, "oxum bag-info.txt"},
		{"negative", h.with("bag-info.txt", "Payload-Oxum: -8.2\n"), Altered, "malformed bag-info.txt"},
		{"larger than all numbers", h.with("bag-info.txt", "Payload-Oxum: 99999999999999999999.2\n"), Altered, "malformed bag-info.txt"},
		// Unicode and case.
		{"two forms of one name", hand{
			"bagit.txt": declared10, "data/é": "a", "data/e\u0301": "b", "manifest-sha256.txt": line256("a", "data/é") + line256("b", "data/e\u0301"),
		}, Intact, "?name_form data/é"},
		{"two forms, the wrong one altered", hand{
			"bagit.txt": declared10, "data/é": "a", "data/e\u0301": "x", "manifest-sha256.txt": line256("a", "data/é") + line256("b", "data/e\u0301"),
		}, Altered, "altered data/e\u0301; ?name_form data/é"},
		{"two cases of one name", hand{
			"bagit.txt": declared10, "data/A": "a", "data/a": "b", "manifest-sha256.txt": line256("a", "data/A") + line256("b", "data/a"),
		}, Intact, "?name_form data/a"},
		// Paths.
		{"backslash in a manifest", h.with("manifest-sha256.txt", both+line256("x", `data\c.txt`)), Unsafe, "unsafe manifest-sha256.txt"},
		{"home", h.with("manifest-sha256.txt", both+line256("x", "~/c.txt")), Altered, "malformed manifest-sha256.txt"},
		{"variable", h.with("manifest-sha256.txt", both+line256("x", "$HOME/c.txt")), Altered, "malformed manifest-sha256.txt"},
		{"dot in the middle", h.with("manifest-sha256.txt", both+line256("x", "data/./c.txt")), Unsafe, "unsafe manifest-sha256.txt"},
		{"climbs by a tag manifest", h.tagged(line256("x", "../c.txt")), Unsafe, "unsafe tagmanifest-sha256.txt"},
		// Tag manifests.
		{"tagged", h.tagged(), Intact, ""},
		{"signed", h.tagged().with(SignatureName, "x"), Intact, ""},
		{"another unlisted tag file", h.tagged().with(SignatureName, "x", "note.txt", "x", "sub/n.txt", "x"), Intact, "?unlisted note.txt; ?unlisted sub/n.txt"},
		{"a name like the signature's", h.tagged().with("tagmanifest-md5.txt.sig", "x"), Intact, "?unlisted tagmanifest-md5.txt.sig"},
		{"a manifest that is not tagged, 1.0", h.tagged().with("manifest-md5.txt", md5Lines), Altered, "malformed tagmanifest-sha256.txt"},
		{"a manifest that is not tagged, 0.97", old.tagged().with("manifest-md5.txt", md5Lines), Intact, "?unlisted manifest-md5.txt"},
		{"a manifest altered with its file", h.tagged().with("data/a.txt", "aaab", "manifest-sha256.txt", strings.Replace(both, sum256("aaaa"), sum256("aaab"), 1)), Altered, "altered manifest-sha256.txt"},
		{"a tag manifest of another", h.tagged().with("tagmanifest-md5.txt", sumMD5(declared10)+"  bagit.txt\n"+sumMD5(both)+"  manifest-sha256.txt\n"+sumMD5(h["bag-info.txt"])+"  bag-info.txt\n"), Intact, ""},
		{"the declaration altered", h.tagged().with("bagit.txt", declared97), Altered, "altered bagit.txt"},
		// Declarations.
		{"0.93", h.with("bagit.txt", strings.Replace(declared97, "0.97", "0.93", 1)), Intact, ""},
		{"1.1", h.with("bagit.txt", strings.Replace(declared97, "0.97", "1.1", 1)), NotABag, "version bagit.txt"},
		{"no encoding", h.with("bagit.txt", "BagIt-Version: 1.0\n"), Altered, "malformed bagit.txt"},
		{"CRLF", h.with("bagit.txt", strings.ReplaceAll(declared10, "\n", "\r\n")), Intact, ""},
		{"CR", h.with("bagit.txt", strings.ReplaceAll(declared10, "\n", "\r")), Intact, ""},
		{"no last line end", h.with("bagit.txt", strings.TrimSuffix(declared10, "\n")), Intact, ""},
		{"utf-8", h.with("bagit.txt", strings.Replace(declared10, "UTF", "utf", 1)), Intact, ""},
		{"a mark", h.with("bagit.txt", "\ufeff"+declared10), Altered, "bom bagit.txt"},
		{"lower-case labels", h.with("bagit.txt", strings.ToLower(declared10)), Altered, "malformed bagit.txt"},
		{"lower-case labels, 0.97", h.with("bagit.txt", strings.ToLower(declared97)), Intact, "?malformed bagit.txt"},
		{"a space before the colon", h.with("bagit.txt", strings.ReplaceAll(declared10, ":", " :")), Altered, "malformed bagit.txt"},
		{"a space before the second colon alone", h.with("bagit.txt", strings.Replace(declared10, "Encoding:", "Encoding :", 1)), Altered, "malformed bagit.txt"},
		{"no space behind the colon", h.with("bagit.txt", strings.ReplaceAll(declared10, ": ", ":")), Altered, "malformed bagit.txt"},
		{"two spaces behind the colon", h.with("bagit.txt", strings.ReplaceAll(declared10, ": ", ":  ")), Altered, "malformed bagit.txt"},
		{"a tab behind the colon", h.with("bagit.txt", strings.ReplaceAll(declared10, ": ", ":\t")), Altered, "malformed bagit.txt"},
		{"a space at an end", h.with("bagit.txt", strings.Replace(declared10, "\n", " \n", 1)), Altered, "malformed bagit.txt"},
		{"a space at the beginning", h.with("bagit.txt", " "+declared10), Altered, "malformed bagit.txt"},
		{"an empty line first", h.with("bagit.txt", "\n"+declared10), Altered, "malformed bagit.txt"},
		{"an empty line between", h.with("bagit.txt", strings.Replace(declared10, "\n", "\n\n", 1)), Altered, "malformed bagit.txt"},
		{"an empty line last", h.with("bagit.txt", declared10+"\n"), Altered, "malformed bagit.txt"},
		{"a third line", h.with("bagit.txt", declared10+"Contact-Name: A\n"), Altered, "malformed bagit.txt"},
		{"a line twice", h.with("bagit.txt", declared10+"BagIt-Version: 0.97\n"), Altered, "malformed bagit.txt"},
		{"the other order", h.with("bagit.txt", "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n"), Altered, "malformed bagit.txt"},
		{"a zero byte", h.with("bagit.txt", declared10+"\x00"), Altered, "malformed bagit.txt"},
		{"01.0", h.with("bagit.txt", strings.Replace(declared10, "1.0", "01.0", 1)), NotABag, "version bagit.txt"},
		{"a version in words", h.with("bagit.txt", strings.Replace(declared10, "1.0", "one", 1)), NotABag, "not_a_bag bagit.txt"},
		{"a terminal's sequence as the encoding", h.with("bagit.txt", strings.Replace(declared10, "UTF-8", "\x1b[2J", 1)), NotABag, "version bagit.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for form, r := range map[string]Report{
				"top": verifyBytes(t, c.bag.zip(t, "")), "in a folder": verifyBytes(t, c.bag.zip(t, "my bag/")),
			} {
				if r.Verdict != c.verdict || kinds(r) != c.kinds {
					t.Errorf("zip, %s: %s: %v", form, r.Verdict, r.Findings)
				}
			}
			if runtime.GOOS != "linux" {
				return // other systems cannot hold all of these names
			}
			r, err := Verify(t.Context(), c.bag.folder(t), VerifyOptions{})
			if err != nil || r.Verdict != c.verdict || kinds(r) != c.kinds {
				t.Errorf("folder: %s: %v %v", r.Verdict, r.Findings, err)
			}
		})
	}
}

// local is an entry's own header, for ZIPs that are made byte by byte.
func local(name string, flags uint16, content string) []byte {
	h := []byte("PK\x03\x04")
	for _, v := range []uint16{20, flags, 0, 0, 1<<5 | 1} {
		h = binary.LittleEndian.AppendUint16(h, v)
	}
	crc, n := crc32.ChecksumIEEE([]byte(content)), uint32(len(content))
	if flags&flagDescriptor != 0 {
		crc, n = 0, 0
	}
	for _, v := range []uint32{crc, n, n} {
		h = binary.LittleEndian.AppendUint32(h, v)
	}
	h = binary.LittleEndian.AppendUint16(h, uint16(len(name)))
	h = binary.LittleEndian.AppendUint16(h, 0)
	return append(append(h, name...), content...)
}

// listing is an entry of the directory.
func listing(name string, flags uint16, content string, at int) []byte {
	h := []byte("PK\x01\x02")
	for _, v := range []uint16{20, 20, flags, 0, 0, 1<<5 | 1} {
		h = binary.LittleEndian.AppendUint16(h, v)
	}
	for _, v := range []uint32{crc32.ChecksumIEEE([]byte(content)), uint32(len(content)), uint32(len(content))} {
		h = binary.LittleEndian.AppendUint32(h, v)
	}
	h = binary.LittleEndian.AppendUint16(h, uint16(len(name)))
	h = append(h, make([]byte, 12)...) // extra, comment, disk, attributes
	h = binary.LittleEndian.AppendUint32(h, uint32(at))
	return append(h, name...)
}

func ending(entries, at, length int, comment string) []byte {
	h := []byte("PK\x05\x06\x00\x00\x00\x00")
	h = binary.LittleEndian.AppendUint16(h, uint16(entries))
	h = binary.LittleEndian.AppendUint16(h, uint16(entries))
	h = binary.LittleEndian.AppendUint32(h, uint32(length))
	h = binary.LittleEndian.AppendUint32(h, uint32(at))
	h = binary.LittleEndian.AppendUint16(h, uint16(len(comment)))
	return append(h, comment...)
}

// byHand makes a ZIP of a small bag byte by byte. Each function may be nil.
func byHand(change func(i int, name, content string, local, listing []byte) ([]byte, []byte), behind []byte, comment string) []byte {
	manifest := line256("aaaa", "data/a") + line256("bbbb", "data/b")
	var front, directory []byte
	files := [][2]string{{"bagit.txt", declared10}, {"data/a", "aaaa"}, {"data/b", "bbbb"}, {"manifest-sha256.txt", manifest}}
	for i, f := range files {
		own, list := local(f[0], 0, f[1]), listing(f[0], 0, f[1], len(front))
		if change != nil {
			own, list = change(i, f[0], f[1], own, list)
		}
		front, directory = append(front, own...), append(directory, list...)
	}
	b := append(front, directory...)
	b = append(b, ending(len(files), len(front), len(directory), comment)...)
	return append(b, behind...)
}

// TestZipsWithTwoFaces refuses ZIPs from which other programs would take other
// files, and names bytes that belong to nothing.
func TestZipsWithTwoFaces(t *testing.T) {
	plain := byHand(nil, nil, "")
	at2 := func(own func(name, content string, b []byte) []byte) []byte {
		return byHand(func(i int, name, content string, l, d []byte) ([]byte, []byte) {
			if i == 2 {
				l = own(name, content, l)
			}
			return l, d
		}, nil, "")
	}
	for _, c := range []struct {
		name    string
		zip     []byte
		verdict Verdict
		kinds   string
	}{
		{"plain", plain, Intact, ""},
		{"with a comment", byHand(nil, nil, "made by hand"), Intact, "?comment"},
		{"a comment on an entry", byHand(func(i int, name, content string, l, d []byte) ([]byte, []byte) {
			if i == 1 {
				d[32] = byte(len("pay here"))
				d = append(d, "pay here"...)
			}
			return l, d
		}, nil, ""), Intact, "?comment data/a"},
		{"a field that nobody knows", byHand(func(i int, name, content string, l, d []byte) ([]byte, []byte) {
			if i == 1 {
				d[30] = byte(len("zz\x04\x00hide"))
				d = append(d, "zz\x04\x00hide"...)
			}
			return l, d
		}, nil, ""), Intact, "?comment data/a"},
		{"a field that nobody knows in its own header", at2(func(name, content string, b []byte) []byte {
			b[28] = byte(len("zz\x04\x00hide"))
			return append(append(b[:len(b)-len(content):len(b)-len(content)], "zz\x04\x00hide"...), content...)
		}), Intact, "?comment data/b"},
		{"another name in its own header", at2(func(_, content string, _ []byte) []byte { return local("data/c", 0, content) }), Unsafe, "unsafe data/b"},
		{"a longer name in its own header", at2(func(_, content string, _ []byte) []byte { return local("data/b.exe", 0, content) }), Unsafe, "unsafe data/b"},
		{"another size in its own header", at2(func(_, _ string, b []byte) []byte { b[22]++; return b }), Unsafe, "unsafe data/b"},
		{"another method in its own header", at2(func(_, _ string, b []byte) []byte { b[8] = 8; return b }), Unsafe, "unsafe data/b"},
		{"another checksum in its own header", at2(func(_, _ string, b []byte) []byte { b[14]++; return b }), Unsafe, "unsafe data/b"},
		{"encrypted in its own header alone", at2(func(_, _ string, b []byte) []byte { b[6] = 1; return b }), Unsafe, "unsafe data/b"},
		{"a data descriptor", byHand(func(i int, name, content string, l, d []byte) ([]byte, []byte) {
			if i != 2 {
				return l, d
			}
			d[8] = flagDescriptor
			l = append(local(name, flagDescriptor, content), "PK\x07\x08"...)
			for _, v := range []uint32{crc32.ChecksumIEEE([]byte(content)), 4, 4} {
				l = binary.LittleEndian.AppendUint32(l, v)
			}
			return l, d
		}, nil, ""), Intact, ""},
		{"bytes between entries", at2(func(_, _ string, b []byte) []byte { return append(b, "hidden words"...) }), Intact, "?outside"},
		{"a hidden entry between", at2(func(_, _ string, b []byte) []byte { return append(b, local("data/h", 0, "hidden")...) }), Intact, "?outside"},
		{"bytes behind", byHand(nil, []byte("hidden"), ""), Altered, "outside"},
		{"a second ZIP behind", byHand(nil, ending(0, 0, 0, ""), ""), Unsafe, "unsafe"},
		{"a second end in the comment", byHand(nil, nil, string(ending(0, 0, 0, ""))), Unsafe, "unsafe"},
		{"something before", append([]byte("#!/bin/sh\n"), plain...), Unsafe, "unsafe"},
		{"entries within an entry", nested(), Unsafe, "bomb data/b"},
	} {
		r := verifyBytes(t, c.zip)
		if c.name == "with a comment" && !strings.Contains(r.Findings[0].Why.String(), "“made by hand”") {
			t.Errorf("the comment is not named: %v", r.Findings)
		}
		if r.Verdict != c.verdict || kinds(r) != c.kinds {
			t.Errorf("%s: %s %v", c.name, r.Verdict, r.Findings)
		}
	}
}

// nested is a ZIP in which one entry's content holds the next entry whole, so
// that the same bytes unfold twice.
func nested() []byte {
	inner := local("data/b", 0, "bbbb")
	files := [][2]string{{"bagit.txt", declared10}, {"data/a", string(inner)}}
	var front, directory []byte
	for _, f := range files {
		directory = append(directory, listing(f[0], 0, f[1], len(front))...)
		front = append(front, local(f[0], 0, f[1])...)
	}
	directory = append(directory, listing("data/b", 0, "bbbb", len(front)-len(inner))...)
	return append(append(front, directory...), ending(3, len(front), len(directory), "")...)
}

// TestBombs checks both bounds: what a ZIP may unfold to as a whole, and how
// much more than its own size.
func TestBombs(t *testing.T) {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for name, content := range handMade().with("data/zeros", string(make([]byte, 3<<20)), "bag-info.txt", "-") {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	check := func(most int64) Report {
		r, err := verifyZip(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), VerifyOptions{MaxBytes: most})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := check(2 << 20); r.Verdict != Unsafe || kinds(r) != "bomb" {
		t.Errorf("beyond the bound: %s %v", r.Verdict, r.Findings)
	}
	if r := check(4 << 20); r.Verdict != Altered || kinds(r) != "unlisted data/zeros" {
		t.Errorf("within the bound: %s %v", r.Verdict, r.Findings)
	}
	var o VerifyOptions
	if o.maxBytes(10) != bombFloor || o.maxBytes(1<<40) != bombRatio<<40 {
		t.Error("the bounds do not follow the size of the ZIP")
	}
}

// TestZip64FromOthers verifies a ZIP64 that another program made.
func TestZip64FromOthers(t *testing.T) {
	dir := handMade().folder(t)
	run(t, dir, "zip", "-q", "-fz", "-r", "big.zip", "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "data")
	content, err := os.ReadFile(filepath.Join(dir, "big.zip"))
	if err != nil || !bytes.Contains(content, []byte("PK\x06\x06")) {
		t.Fatalf("zip made no ZIP64: %v", err)
	}
	if r := verifyBytes(t, content); !r.OK {
		t.Errorf("ZIP64: %s %v", r.Verdict, r.Findings)
	}
	for i := range content {
		bad := bytes.Clone(content)
		bad[i] ^= 0x40
		verifyBytes(t, bad) // must not panic
	}
}

// TestHardLinks takes a hard link for the file that it is.
func TestHardLinks(t *testing.T) {
	dir := handMade().folder(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(dir, "data", "a.txt")
	if err := os.Remove(inside); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(secret, inside); err != nil {
		t.Skipf("NOT CHECKED: this system makes no hard links here: %v", err)
	}
	r, err := Verify(t.Context(), dir, VerifyOptions{})
	if err != nil || r.Verdict != Altered || kinds(r) != "oxum bag-info.txt; altered data/a.txt" {
		t.Errorf("%s %v %v", r.Verdict, r.Findings, err)
	}
}

// TestFolderLinks refuses links to folders and out of the bag, and does not
// follow one that stands in the bag's own place.
func TestFolderLinks(t *testing.T) {
	dir := handMade().folder(t)
	if err := os.Symlink("/", filepath.Join(dir, "data", "root")); err != nil {
		t.Skipf("NOT CHECKED: this system makes no links: %v", err)
	}
	if r, err := Verify(t.Context(), dir, VerifyOptions{}); err != nil || r.Verdict != Unsafe || kinds(r) != "unsafe data/root" {
		t.Errorf("%s %v %v", r.Verdict, r.Findings, err)
	}
	around := t.TempDir()
	if err := os.Symlink(dir, filepath.Join(around, "bag")); err != nil {
		t.Fatal(err)
	}
	if r, err := Verify(t.Context(), around, VerifyOptions{}); err != nil || r.Verdict != NotABag {
		t.Errorf("a bag behind a link: %s %v %v", r.Verdict, r.Findings, err)
	}
}

// TestNamesInACodePage verifies what Windows' own ZIP makes on a Chinese
// system, and what Info-ZIP makes with names in two forms.
func TestNamesInACodePage(t *testing.T) {
	gbk := "data/\xd5\xd5\xc6\xac.txt" // 照片
	manifest := line256("aaaa", "data/照片.txt")
	make7075 := func(name, unicode string) []byte {
		field := binary.LittleEndian.AppendUint16(nil, unicodePathID)
		field = binary.LittleEndian.AppendUint16(field, uint16(5+len(unicode)))
		field = binary.LittleEndian.AppendUint32(append(field, 1), crc32.ChecksumIEEE([]byte(name)))
		return append(field, unicode...)
	}
	entries := func(h zip.FileHeader) []byte {
		return rawZip(t, []zip.FileHeader{
			{Name: "b/bagit.txt", CRC32: crc32.ChecksumIEEE([]byte(declared10))},
			h,
			{Name: "b/manifest-sha256.txt", CRC32: crc32.ChecksumIEEE([]byte(manifest))},
		}, declared10, "aaaa", manifest)
	}
	sum := crc32.ChecksumIEEE([]byte("aaaa"))
	for _, c := range []struct {
		name    string
		header  zip.FileHeader
		verdict Verdict
		kinds   string
	}{
		{"GBK", zip.FileHeader{Name: "b/" + gbk, NonUTF8: true, CRC32: sum}, Intact, "?name_form"},
		{"Big5", zip.FileHeader{Name: "b/data/\xb7\xd3\xa4\xf9.txt", NonUTF8: true, CRC32: sum}, Intact, "?name_form"},
		{"both forms", zip.FileHeader{Name: "b/" + gbk, NonUTF8: true, CRC32: sum, Extra: make7075("b/"+gbk, "b/data/照片.txt")}, Intact, ""},
		{"a form of another name", zip.FileHeader{Name: "b/" + gbk, NonUTF8: true, CRC32: sum, Extra: make7075("b/x", "b/data/x.txt")}, Intact, "?name_form"},
		{"two names", zip.FileHeader{Name: "b/data/照片.txt", CRC32: sum, Extra: make7075("b/data/照片.txt", "b/data/evil.exe")}, Unsafe, "unsafe b/data/照片.txt"},
		{"a second name that climbs", zip.FileHeader{Name: "b/" + gbk, NonUTF8: true, CRC32: sum, Extra: make7075("b/"+gbk, "b/../../x")}, Unsafe, "unsafe b/../../x"},
		{"no name of the manifest", zip.FileHeader{Name: "b/data/\xd5\xd5.txt", NonUTF8: true, CRC32: sum}, Unsafe, `unsafe "b/data/\xd5\xd5.txt"`},
	} {
		r := verifyBytes(t, entries(c.header))
		if r.Verdict != c.verdict || kinds(r) != c.kinds {
			t.Errorf("%s: %s %v", c.name, r.Verdict, r.Findings)
		}
	}
}
