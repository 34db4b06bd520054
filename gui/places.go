package gui

import (
	"os"
	"path/filepath"
)

// documentsDir is where a person looks for documents: the folder of that name
// where there is one, else the home folder.
func documentsDir() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	for _, name := range []string{"Documents", "文档", "文檔", "文件"} {
		dir := filepath.Join(home, name)
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return home
}
