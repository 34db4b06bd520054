package barcode

import (
	"errors"
	"fmt"
	"runtime"

	"casebinder/data"
)

// readGray reads the codes of a picture as it is.
func (m *machine) readGray(g gray, options map[string]any) (codes []data.ReadCode, err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(runtime.Error); ok {
				err = fmt.Errorf("%w: %w", errReader, e)
			} else if e, ok := r.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%w: %v", errReader, r)
			}
		}
	}()
	if len(g.pix) != g.w*g.h || g.w <= 0 || g.h <= 0 {
		return nil, errors.New("a picture of another size than told")
	}
	at := m.must(exportMalloc, uint64(len(g.pix)))
	if at == 0 {
		return nil, errMemory
	}
	defer m.must(exportFree, uint64(at))
	copy(m.view(at, uint32(len(g.pix))), g.pix)
	list, ok := m.do(m.functions["readBarcodesFromPixmap"], nil, int(at), g.w, g.h, options).(object)
	if !ok {
		return nil, errReader
	}
	defer m.at(list.typ.destroy, uint64(list.at))
	count, _ := m.method(list, "size").(int)
	for i := range min(count, maxCodes) {
		one, ok := m.method(list, "get", i).(map[string]any)
		if !ok {
			return nil, errReader
		}
		if c, ok := codeOf(one); ok {
			codes = append(codes, c)
		}
	}
	return codes, nil
}

var errMemory = errors.New("the picture takes more memory than the reader of codes may have")

func codeOf(one map[string]any) (data.ReadCode, bool) {
	valid, _ := one["isValid"].(bool)
	text, _ := one["text"].(string)
	format, _ := one["format"].(string)
	return data.ReadCode{Format: format, Text: text}, valid && text != ""
}
