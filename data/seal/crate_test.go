package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func sampleCrate() Crate {
	sum := func(c string) string { return strings.Repeat(c, 32) }
	return Crate{
		Name: "Evidence bundle: order 8123", Description: "Files <of> a case & its log", License: "For this dispute only.", Author: "Lantern & Co",
		Program: "Casebinder 1.4.0", Published: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Files: []CrateFile{
			{Path: "case-v1.pdf", Name: "case-v1.pdf", MIME: "application/pdf", Size: 12, SHA256: sum("01"), Composed: true},
			{
				Path: "originals/001-箱子 100%.jpg", Name: "Exhibit 1: the box", Description: "It was whole.", MIME: "image/jpeg", Size: 3, SHA256: sum("02"),
				Exhibit: 1, Created: time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 8*3600)),
			},
			{Path: "originals/002-copy.png", Name: "Exhibit 2", MIME: "image/png", SHA256: sum("03"), Exhibit: 2, BasedOn: sum("02"), Composed: true},
			{Path: "originals/003-redacted.png", Name: "Exhibit 3", MIME: "image/png", SHA256: sum("04"), Exhibit: 3, BasedOn: sum("0a"), Composed: true},
			{Path: "originals/004-redacted.png", Name: "Exhibit 4", MIME: "image/png", SHA256: sum("05"), Exhibit: 4, BasedOn: sum("0a"), Composed: true},
		},
	}
}

// TestCrate reads the metadata as another program would, and holds it against
// the requirements of RO-Crate 1.1.
func TestCrate(t *testing.T) {
	text, err := ROCrate(sampleCrate())
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Context []any            `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Context[0] != "https://w3id.org/ro/crate/1.1/context" || fmt.Sprint(doc.Context[1]) != "map[sha256:http://schema.org/sha256]" {
		t.Errorf("context %v", doc.Context)
	}
	byID := map[string]map[string]any{}
	for _, e := range doc.Graph {
		id, _ := e["@id"].(string)
		if u, err := url.Parse(id); err != nil || byID[id] != nil || strings.ContainsAny(id, " <>\"") || strings.ContainsFunc(id, func(r rune) bool { return r > 0x7e }) || u.String() != id {
			t.Errorf("the id %q is twice or no URL: %v", id, err)
		}
		if e["@type"] == nil {
			t.Errorf("%s has no type", id)
		}
		byID[id] = e
	}
	refsResolve(t, doc.Graph, byID)
	about := byID["ro-crate-metadata.json"]
	if fmt.Sprint(about["conformsTo"], about["about"]) != "map[@id:https://w3id.org/ro/crate/1.1] map[@id:./]" || about["@type"] != "CreativeWork" {
		t.Errorf("the metadata's own entity: %v", about)
	}
	root := byID["./"]
	for _, k := range []string{"name", "description", "datePublished", "license", "author"} {
		if root[k] == nil {
			t.Errorf("the root has no %s", k)
		}
	}
	if parts := root["hasPart"].([]any); len(parts) != 5 || root["datePublished"] != "2026-03-04T05:06:07Z" {
		t.Errorf("the root: %v", root)
	}
	box := byID["originals/001-%E7%AE%B1%E5%AD%90%20100%25.jpg"]
	want := map[string]any{
		"@type": "File", "name": "Exhibit 1: the box", "description": "It was whole.", "encodingFormat": "image/jpeg", "contentSize": "3",
		"sha256": strings.Repeat("02", 32), "dateCreated": "2026-01-01T19:04:05Z", "position": 1.0,
	}
	for k, v := range want {
		if box[k] != v {
			t.Errorf("%s of exhibit 1 is %v, want %v", k, box[k], v)
		}
	}
	inside, outside := byID["originals/002-copy.png"]["isBasedOn"], byID["originals/003-redacted.png"]["isBasedOn"]
	if fmt.Sprint(inside) != "map[@id:originals/001-%E7%AE%B1%E5%AD%90%20100%25.jpg]" {
		t.Errorf("the copy of a file in the crate: %v", inside)
	}
	// printf '0a%.0s' {1..32} | xxd -r -p | base64 | tr +/ -_ | tr -d =
	const ni = "ni:///sha-256;CgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo"
	if fmt.Sprint(outside) != "map[@id:"+ni+"]" || byID[ni]["sha256"] != strings.Repeat("0a", 32) {
		t.Errorf("the copy of a file that is kept: %v, %v", outside, byID[ni])
	}
	action := byID["#export"]
	if action["@type"] != "CreateAction" || len(action["object"].([]any)) != 1 || len(action["result"].([]any)) != 4 || byID["#program"]["softwareVersion"] != "1.4.0" {
		t.Errorf("the export: %v %v", action, byID["#program"])
	}
	again, err := ROCrate(sampleCrate())
	if err != nil || string(again) != string(text) {
		t.Errorf("two descriptions of the same differ: %v", err)
	}
}

// refsResolve sees to it that every reference leads to an entity.
func refsResolve(t *testing.T, graph []map[string]any, byID map[string]map[string]any) {
	t.Helper()
	var walk func(v any, key string)
	walk = func(v any, key string) {
		switch v := v.(type) {
		case map[string]any:
			id, _ := v["@id"].(string)
			if len(v) != 1 || byID[id] == nil && key != "conformsTo" {
				t.Errorf("%s leads nowhere: %v", key, v)
			}
		case []any:
			for _, one := range v {
				walk(one, key)
			}
		}
	}
	for _, e := range graph {
		for k, v := range e {
			walk(v, k)
		}
	}
}

func TestBadCrates(t *testing.T) {
	for name, f := range map[string]CrateFile{
		"no fingerprint":        {Path: "a"},
		"a short fingerprint":   {Path: "a", SHA256: "abc"},
		"no name":               {SHA256: strings.Repeat("a", 64)},
		"the metadata itself":   {Path: CrateName, SHA256: strings.Repeat("a", 64)},
		"a copy of nothing":     {Path: "a", SHA256: strings.Repeat("a", 64), BasedOn: "x"},
		"less than no bytes":    {Path: "a", SHA256: strings.Repeat("a", 64), Size: -1},
		"upper-case hex digits": {Path: "a", SHA256: strings.Repeat("A", 64)},
	} {
		if _, err := ROCrate(Crate{Files: []CrateFile{f}}); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for path, want := range map[string]string{"a:b/c d": "a%3Ab/c%20d", "é#?": "%C3%A9%23%3F"} {
		if got := pathID(path); got != want {
			t.Errorf("%s becomes %s, want %s", path, got, want)
		}
	}
}
