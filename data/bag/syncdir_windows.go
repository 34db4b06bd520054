package bag

// SyncDir does nothing: Windows cannot sync a folder, and NTFS journals renames.
func SyncDir(string) error { return nil }
