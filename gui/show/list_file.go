package show

import (
	"context"
	"path/filepath"

	"casebinder/data/table"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// export writes what the list shows into a file: the columns that are shown,
// and every row that the filter leaves, in its order.
func (l *List[R, F]) export() {
	l.env.SaveFile(words.T("list.export.title"), l.options.Name+"-"+l.env.UI.Now().Format("20060102")+table.Formats()[0], l.exportTo)
}

func (l *List[R, F]) exportTo(path string) {
	if filepath.Ext(path) == "" {
		path += table.Formats()[0]
	}
	sheet, title := l.Table.Sheet(), words.T("tab."+l.options.Name)
	rows := int64(0)
	l.env.UI.Jobs.Run(words.T("list.export.job"), func(ctx context.Context, progress func(int64, int64, string)) error {
		return table.Save(path, title, sheet.Columns, sheet.Rows(ctx, func(done, total int64) {
			rows = done
			progress(done, total, "")
		}))
	}, func(err error) {
		if err != nil {
			l.env.UI.Problem(err)
			return
		}
		kit.Event("list.exported", "name", l.options.Name, "path", path, "rows", rows)
		l.env.UI.Toast(words.N("list.export.done", int(rows), "path", path), nil)
	})
}
