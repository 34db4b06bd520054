package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// CrateName is the metadata's file name, at the top of the payload.
	CrateName = "ro-crate-metadata.json"

	crateProfile = "https://w3id.org/ro/crate/1.1"
)

// A Crate is what is told of a bundle's files to programs.
type Crate struct {
	Name        string
	Description string
	License     string // what the files may be used for, in words
	Author      string // the shop or company that made the bundle
	Program     string // name and version: "Casebinder 1.4.0"
	Published   time.Time
	Files       []CrateFile
}

// A CrateFile is one file of the payload, or something that one was made from.
type CrateFile struct {
	Path        string // below the payload's top, with forward slashes
	Name        string // such as the exhibit's number and title
	Description string // such as what the exhibit proves
	MIME        string
	Size        int64  // bytes
	SHA256      string // lower-case hex
	Created     time.Time
	Exhibit     int    // number; 0 for what is no exhibit
	BasedOn     string // SHA-256 of the file that this is an edited copy of
	Composed    bool   // made by the program out of the case; else an original, unchanged
}

type ref struct {
	ID string `json:"@id"`
}

// entity is one object of the graph. Fields come in this order.
type entity struct {
	ID             string `json:"@id"`
	Type           string `json:"@type"`
	Name           string `json:"name,omitempty"`
	Description    string `json:"description,omitempty"`
	ConformsTo     *ref   `json:"conformsTo,omitempty"`
	About          *ref   `json:"about,omitempty"`
	DatePublished  string `json:"datePublished,omitempty"`
	License        string `json:"license,omitempty"`
	Author         *ref   `json:"author,omitempty"`
	EncodingFormat string `json:"encodingFormat,omitempty"`
	ContentSize    string `json:"contentSize,omitempty"`
	SHA256         string `json:"sha256,omitempty"`
	DateCreated    string `json:"dateCreated,omitempty"`
	Position       int    `json:"position,omitempty"`
	IsBasedOn      *ref   `json:"isBasedOn,omitempty"`
	Version        string `json:"softwareVersion,omitempty"`
	Agent          *ref   `json:"agent,omitempty"`
	Instrument     *ref   `json:"instrument,omitempty"`
	EndTime        string `json:"endTime,omitempty"`
	Object         []ref  `json:"object,omitempty"`
	Result         []ref  `json:"result,omitempty"`
	HasPart        []ref  `json:"hasPart,omitempty"`
	Mentions       []ref  `json:"mentions,omitempty"`
}

const (
	rootID    = "./"
	senderID  = "#sender"
	programID = "#program"
	exportID  = "#export"
)

// ROCrate describes the files of a bundle as RO-Crate 1.1 metadata (JSON-LD).
// The file itself is not to be among c.Files. It is written for programs; the
// index of the bundle is for people.
func ROCrate(c Crate) ([]byte, error) {
	bySum := map[string]string{}
	for _, f := range c.Files {
		if !isSum(f.SHA256) || f.Path == "" || f.Path == CrateName || f.Size < 0 {
			return nil, ProblemCrate.New("reason", fmt.Sprintf("%q has no name or fingerprint", f.Path))
		}
		if bySum[f.SHA256] == "" {
			bySum[f.SHA256] = pathID(f.Path)
		}
	}
	graph := c.frame()
	root, export := &graph[1], &graph[len(graph)-1]
	var files, originals []entity
	known := map[string]bool{}
	for _, f := range c.Files {
		e := f.entity()
		if f.BasedOn != "" {
			id, outside, err := basis(f, bySum)
			if err != nil {
				return nil, err
			}
			e.IsBasedOn = &ref{id}
			if outside && !known[id] {
				known[id] = true
				originals = append(originals, entity{
					ID: id, Type: "CreativeWork", Name: "An original that is kept by the sender and is not part of this bundle", SHA256: f.BasedOn,
				})
			}
		}
		root.HasPart = append(root.HasPart, ref{e.ID})
		if f.Composed {
			export.Result = append(export.Result, ref{e.ID})
		} else {
			export.Object = append(export.Object, ref{e.ID})
		}
		files = append(files, e)
	}
	return encodeGraph(append(append(graph, files...), originals...))
}

// frame gives what stands around the files: the metadata, the root, who made
// it with what, and the making.
func (c *Crate) frame() []entity {
	at := crateTime(c.Published)
	program, version := c.Program, ""
	if i := strings.LastIndex(program, " "); i > 0 {
		program, version = program[:i], program[i+1:]
	}
	return []entity{
		{ID: CrateName, Type: "CreativeWork", ConformsTo: &ref{crateProfile}, About: &ref{rootID}},
		{
			ID: rootID, Type: "Dataset", Name: c.Name, Description: c.Description, DatePublished: at, License: c.License,
			Author: &ref{senderID}, Mentions: []ref{{exportID}},
		},
		{ID: senderID, Type: "Organization", Name: c.Author},
		{ID: programID, Type: "SoftwareApplication", Name: program, Version: version},
		{
			ID: exportID, Type: "CreateAction", Name: "Export of the bundle", Agent: &ref{senderID}, Instrument: &ref{programID}, EndTime: at,
		},
	}
}

func (f *CrateFile) entity() entity {
	return entity{
		ID: pathID(f.Path), Type: "File", Name: f.Name, Description: f.Description, EncodingFormat: f.MIME,
		ContentSize: strconv.FormatInt(f.Size, 10), SHA256: f.SHA256, DateCreated: crateTime(f.Created), Position: f.Exhibit,
	}
}

// basis names what a copy was made from: a file of the crate, or by its hash
// (RFC 6920) a file that is not in it.
func basis(f CrateFile, bySum map[string]string) (id string, outside bool, err error) {
	raw, err := hex.DecodeString(f.BasedOn)
	if err != nil || !isSum(f.BasedOn) {
		return "", false, ProblemCrate.New("reason", fmt.Sprintf("%q is a copy of something without a fingerprint", f.Path))
	}
	if id := bySum[f.BasedOn]; id != "" {
		return id, false, nil
	}
	return "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(raw), true, nil
}

// pathID is a path as a relative URL. (RFC 3986.)
func pathID(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

func crateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func encodeGraph(graph []entity) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(struct {
		Context []any    `json:"@context"`
		Graph   []entity `json:"@graph"`
	}{
		// The 1.1 context lacks schema.org's sha256; 1.2 has it under this address.
		Context: []any{crateProfile + "/context", map[string]string{"sha256": "http://schema.org/sha256"}},
		Graph:   graph,
	})
	if err != nil {
		return nil, fmt.Errorf("describing the files: %w", err)
	}
	return b.Bytes(), nil
}
