package bag_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"casebinder/data/bag"
)

// A bag is written, verified, and verified again after a file in it was
// altered.
func Example() {
	dir, err := os.MkdirTemp("", "bag")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx, target := context.Background(), filepath.Join(dir, "case.zip")
	letter := bag.FromBytes("letter.txt", []byte("It was delivered.\n"))
	letter.Text = false // stored as it is
	_, err = bag.WriteZip(ctx, target, bag.Bag{
		Name: "case", Time: time.Date(2026, time.March, 4, 0, 0, 0, 0, time.UTC), Payload: []bag.File{letter},
	}, bag.WriteOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	verify := func() {
		report, err := bag.Verify(ctx, target, bag.VerifyOptions{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(report.Verdict, report.Files, "file,", report.Bytes, "bytes")
		for _, f := range report.Findings {
			fmt.Println(f.Rule, bag.PathOf(f))
		}
	}
	verify()
	file, err := os.ReadFile(target)
	if err != nil {
		fmt.Println(err)
		return
	}
	file = bytes.Replace(file, []byte("delivered."), []byte("delivered!"), 1)
	if err := os.WriteFile(target, file, 0o600); err != nil {
		fmt.Println(err)
		return
	}
	verify()
	// Output:
	// intact 1 file, 18 bytes
	// altered 1 file, 18 bytes
	// bag.altered data/letter.txt
}
