package pdf

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"
)

// writeDests writes the names of destinations as one sorted node.
func (d *Document) writeDests() (object int) {
	if len(d.dests) == 0 {
		return 0
	}
	names := slices.Sorted(maps.Keys(d.dests))
	var b bytes.Buffer
	b.WriteString("<</Names[")
	for _, name := range names {
		fmt.Fprintf(&b, "%s%s\n", hexString(name), d.place(d.dests[name]))
	}
	b.WriteString("]>>")
	object = d.newObject()
	d.object(object, "%s", b.Bytes())
	return object
}

// place is the array that points to a destination, at the zoom that is set.
func (d *Document) place(at dest) string {
	page := min(max(at.page, 0), len(d.pages)-1)
	return fmt.Sprintf("[%d 0 R/XYZ 0 %s null]", d.pages[page].object, appendLength(nil, d.height-at.y))
}

// writeOutlines writes the bookmarks as a tree, all open at the top level.
func (d *Document) writeOutlines() (root int) {
	if len(d.bookmarks) == 0 {
		return 0
	}
	type node struct{ parent, prev, next, first, last, count int }
	n := len(d.bookmarks)
	nodes := make([]node, n+1) // 0 is the root; entry i is at i+1
	stack := []int{0}
	for i, b := range d.bookmarks {
		stack = stack[:min(len(stack), b.level+1)]
		parent := stack[len(stack)-1]
		nodes[i+1].parent = parent
		if last := nodes[parent].last; last != 0 {
			nodes[i+1].prev, nodes[last].next = last, i+1
		} else {
			nodes[parent].first = i + 1
		}
		nodes[parent].last = i + 1
		nodes[parent].count++
		stack = append(stack, i+1)
	}
	root = d.newObject()
	for range n {
		d.newObject()
	}
	ref := func(key string, i int) string {
		if i == 0 {
			return ""
		}
		return fmt.Sprintf("/%s %d 0 R", key, root+i)
	}
	d.object(root, "<</Type/Outlines%s%s/Count %d>>", ref("First", nodes[0].first), ref("Last", nodes[0].last), nodes[0].count)
	for i, b := range d.bookmarks {
		e := nodes[i+1]
		count := ""
		if e.count > 0 {
			count = fmt.Sprintf("/Count %d", -e.count) // closed
		}
		d.object(root+i+1, "<</Title%s/Parent %d 0 R%s%s%s%s%s/Dest%s>>", textString(b.title), root+e.parent,
			ref("Prev", e.prev), ref("Next", e.next), ref("First", e.first), ref("Last", e.last), count, d.place(b.at))
	}
	return root
}

// writePages writes the pages and the tree above them, in nodes of pageFan.
func (d *Document) writePages() {
	const pageFan = 50
	var nodes bytes.Buffer
	for from := 0; from < len(d.pages); from += pageFan {
		group := d.pages[from:min(from+pageFan, len(d.pages))]
		node := d.newObject()
		var kids bytes.Buffer
		for _, p := range group {
			p.write(node)
			fmt.Fprintf(&kids, "%d 0 R ", p.object)
		}
		d.object(node, "<</Type/Pages/Parent %d 0 R/Kids[%s]/Count %d>>", d.pagesObj, kids.Bytes(), len(group))
		fmt.Fprintf(&nodes, "%d 0 R ", node)
	}
	d.object(d.pagesObj, "<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 %s %s]>>", nodes.Bytes(), len(d.pages),
		appendLength(nil, d.width), appendLength(nil, d.height))
}

// writeTrailer writes the catalog, what describes the document, and the table of
// its objects.
func (d *Document) writeTrailer(names, outlines int) {
	created := d.opts.Created.UTC()
	date := created.Format("D:20060102150405Z")
	info := d.newObject()
	d.object(info, "<</Title%s/Author%s/Creator%s/Producer%s/CreationDate(%s)/ModDate(%s)>>",
		textString(d.opts.Title), textString(d.opts.Author), textString(d.opts.Creator), textString(d.opts.Creator), date, date)
	meta := d.newObject()
	d.writeXMP(meta, created)

	intent := d.outputIntent()
	catalog := d.newObject()
	var b bytes.Buffer
	fmt.Fprintf(&b, "<</Type/Catalog/Version/1.7/Pages %d 0 R/Metadata %d 0 R/OpenAction[%d 0 R/XYZ null null 1]", d.pagesObj, meta, d.pages[0].object)
	b.WriteString("/ViewerPreferences<</DisplayDocTitle true>>")
	if d.opts.Language != "" {
		fmt.Fprintf(&b, "/Lang%s", textString(d.opts.Language))
	}
	if names != 0 {
		fmt.Fprintf(&b, "/Names<</Dests %d 0 R>>", names)
	}
	if outlines != 0 {
		fmt.Fprintf(&b, "/Outlines %d 0 R/PageMode/UseOutlines", outlines)
	}
	b.WriteString(d.layerConfig() + d.pageLabels() + intent + ">>")
	d.object(catalog, "%s", b.Bytes())

	id := hex.EncodeToString(d.sum.Sum(nil)[:16])
	start := d.offset
	d.printf("xref\n0 %d\n0000000000 65535 f \n", len(d.offsets))
	line := make([]byte, 0, 20)
	for i, at := range d.offsets[1:] {
		if at == 0 && d.err == nil {
			d.err = fmt.Errorf("pdf: object %d was never written", i+1)
		}
		line = fmt.Appendf(line[:0], "%010d 00000 n \n", at)
		d.write(line)
	}
	d.printf("trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(d.offsets), catalog, info, id, id, start)
}

func (d *Document) writeXMP(object int, created time.Time) {
	date := created.Format("2006-01-02T15:04:05Z")
	archive := ""
	if d.opts.PDFA {
		archive = `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` +
			`<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>`
	}
	xmp := fmt.Sprintf(`<?xpacket begin="`+"\uFEFF"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>
<xmp:CreatorTool>%s</xmp:CreatorTool><pdf:Producer>%s</pdf:Producer>
</rdf:Description>%s</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, xmlText(d.opts.Title), xmlText(d.opts.Author), date, date, xmlText(d.opts.Creator), xmlText(d.opts.Creator), archive)
	d.begin(object)
	d.printf("<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream\nendobj\n", len(xmp), xmp)
}

// xmlText escapes a text for XML and drops what XML cannot hold.
func xmlText(s string) string {
	var b bytes.Buffer
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
