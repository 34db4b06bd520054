package pdf

// Written gives the number of bytes written so far, without the page that is
// open.
func (d *Document) Written() int64 { return d.offset }
