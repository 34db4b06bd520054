package words

import "testing"

// TestAMacHasKeysOfItsOwn shows shortcuts in running text as each system names its keys.
func TestAMacHasKeysOfItsOwn(t *testing.T) {
	const text = "Search everything   Ctrl+K, Ctrl+Shift+Z, Alt+1, Ctrl+↑"
	if got, want := keysOn("darwin", text), "Search everything   ⌘K, ⇧⌘Z, ⌥1, ⌘↑"; got != want {
		t.Errorf("on a Mac: %q", got)
	}
	if got := keysOn("windows", text); got != text {
		t.Errorf("on Windows: %q", got)
	}
}
