package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"time"
)

// messagesPerOrder is how many messages a made-up order has.
const messagesPerOrder = 3

// makeMessages writes n made-up messages twice: as a CSV to import, and as bare
// text, one a line, for a grep to search. They belong to the first orders of
// makeOrders, three to each.
func makeMessages(ctx context.Context, args []string) (err error) {
	if err := paths(args, 3); err != nil {
		return err
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no number above zero", args[0])
	}
	table, err := os.Create(args[1])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, table.Close()) }()
	plain, err := os.Create(args[2])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, plain.Close()) }()
	tableBuffer, plainBuffer := bufio.NewWriterSize(table, 1<<20), bufio.NewWriterSize(plain, 1<<20)
	if err := writeMessages(ctx, n, csv.NewWriter(tableBuffer), plainBuffer); err != nil {
		return err
	}
	return errors.Join(tableBuffer.Flush(), plainBuffer.Flush())
}

func writeMessages(ctx context.Context, n int, table *csv.Writer, plain *bufio.Writer) error {
	if err := table.Write([]string{"Message ID", "Order Number", "Sent", "Direction", "Text", "Language"}); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(11, 2026))
	for i := range n {
		l := languages[random.IntN(len(languages))]
		parts := make([]string, 1+random.IntN(3))
		for j := range parts {
			parts[j] = sentence(random, l)
		}
		text := strings.Join(parts, " ")
		direction := "in"
		if random.IntN(2) == 0 {
			direction = "out"
		}
		sent := firstSale.Add(time.Duration(i) * 20 * time.Second).Format("2006-01-02 15:04:05")
		if err := table.Write([]string{fmt.Sprintf("m%08d", i), orderNumber(i / messagesPerOrder), sent, direction, text, l.code}); err != nil {
			return err
		}
		if _, err := plain.WriteString(text + "\n"); err != nil {
			return err
		}
		if i%10_000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	table.Flush()
	return table.Error()
}

// printQueries prints the recorded queries, so that the grep searches the same.
func printQueries(_ context.Context, args []string) error {
	if err := paths(args, 0); err != nil {
		return err
	}
	return printJSON(recorded())
}

// recorded lists the queries of all languages.
func recorded() []string {
	var all []string
	for _, l := range languages {
		all = append(all, l.queries...)
	}
	return all
}

// typed lists what stands in the search box while each query is typed.
func typed(queries []string) []string {
	var all []string
	for _, q := range queries {
		letters := []rune(q)
		for i := range letters {
			if letters[i] != ' ' {
				all = append(all, string(letters[:i+1]))
			}
		}
	}
	return all
}
