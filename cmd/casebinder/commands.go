package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/importer"
	"casebinder/data/sample"
)

// targets is what the rows of a file can be.
var targets = []importer.Target{importer.TargetOrders, importer.TargetDisputes, importer.TargetFeedback, importer.TargetMessages, importer.TargetShipments, importer.TargetProducts, importer.TargetCosts}

var commands = []command{
	{"import", "Reads orders, disputes, feedback, messages or a carrier's parcels out of files. The platform is told from the header.", importCommand},
	{"presets", "Lists the forms of files that import knows, by the id that --preset takes.", presetsCommand},
	{"orders", "Lists orders, newest first.", ordersCommand},
	{"buyers", "Lists buyers with what they bought, and which accounts may be one person and why. Nothing is merged.", buyersCommand},
	{"dispute open", "Opens a dispute on an order and prints its id.", disputeOpenCommand},
	{"dispute event", "Writes down what happened in a dispute, and tells how it stands then.", disputeEventCommand},
	{"dispute ruling", "Writes down how a dispute ended and who was found responsible, and tells how it stands then.", disputeRulingCommand},
	{"dispute show", "Tells how a dispute stands: its stage, who must act, each date, and what is to be looked at.", disputeShowCommand},
	{"today", "Lists all that waits, the soonest first.", todayCommand},
	{"due", "Lists what is due to buyers: answers that are waited for, promises, complaints, notices along the parcel's way, and follow-up.", dueCommand},
	{"notice skip", "Says that a notice which is due to a buyer is not sent.", noticeSkipCommand},
	{"notice", "Reads notice e-mails (.eml, .mbox); --take writes down what they tell.", noticeCommand},
	{"notice learn", "Keeps recognizers of your own for notice e-mails (.toml).", noticeLearnCommand},
	{"message add", "Writes down a message about an order.", messageAddCommand},
	{"message no-answer", "Says that a buyer's message wants no answer.", messageNoAnswerCommand},
	{"reply draft", "Drafts a reply to the buyer of an order: the template that fits best, or the one that is named.", replyDraftCommand},
	{"template list", "Lists the templates of replies, with the languages and wordings in which each stands.", templateListCommand},
	{"template export", "Writes templates into a file: those named, else those that you made or changed.", templateExportCommand},
	{"template import", "Reads templates out of a file and tells what they would change; --take takes them.", templateImportCommand},
	{"reply check", "Checks a reply before it goes to a buyer: 0 nothing stands against it, 3 something does. - reads the standard input.", replyCheckCommand},
	{"message paste", "Splits a copied or exported conversation, or mails, into messages; --take keeps them.", messagePasteCommand},
	{"message list", "Lists the messages of an order, the oldest first.", messageListCommand},
	{"order ship", "Marks orders as shipped, as the seller states it; with a tracking number the parcel is written down too.", orderShipCommand},
	{"order deliver", "Marks orders as delivered, as the seller states it.", orderDeliverCommand},
	{"order refund", "Writes down that money went back, all of it or a part.", orderRefundCommand},
	{"order return", "Writes down a step of a return: asked for, sent back, received.", orderReturnCommand},
	{"order address", "Writes down a changed address; the address of the transaction is kept.", orderAddressCommand},
	{"order cancel", "Marks orders as canceled; tells by whom and why.", orderCancelCommand},
	{"order confirm-receipt", "Writes down that receipt was confirmed, by the buyer or by time-out.", orderReceiptCommand},
	{"order resend", "Writes down that goods were sent again.", orderResendCommand},
	{"order margin", "Tells what an order left after its costs; keeps what it cost itself. 3: something is not known.", orderMarginCommand},
	{"shipment add", "Writes down a parcel of an order, as the seller states it.", shipmentAddCommand},
	{"shipment scan", "Writes down what the carrier says of a parcel, as the seller read it.", shipmentScanCommand},
	{"shipment paste", "Splits a tracking page that was copied as text into scans; --take keeps them. Without --desk and --order it only splits.", shipmentPasteCommand},
	{"risk", "Reviews the orders that wait to be shipped, the worst first: 0 nothing holds one, 3 something does.", riskCommand},
	{"tracking export", "Writes tracking numbers of orders into a file in the form that Amazon, eBay or PayPal takes, or a plain table.", trackingExportCommand},
	{"carriers", "Tells what carriers did: days from shipping to delivery, late and lost parcels, by carrier, country and month.", carriersCommand},
	{"product list", "Lists the articles that orders hold, with what is written down of them.", productListCommand},
	{"product advice", "Lists the products that are better dropped or to be watched, by what went wrong with their orders: 0 none, 3 some.", productAdviceCommand},
	{"product check", "Checks what listings tell buyers, all that are described or those named: 0 nothing stands against them, 3 something does.", productCheckCommand},
	{"product cost", "Lists what units of products cost; with a sum it keeps one, from a day on.", productCostCommand},
	{"product snapshot", "Keeps a page, picture or PDF of a listing as proof for orders of the product.", productSnapshotCommand},
	{"product paper", "Keeps a certificate, test report or right of a product, with the day on which it ends.", productPaperCommand},
	{"supplier list", "Lists who supplies goods, with what was agreed.", supplierListCommand},
	{"supplier set", "Writes down what was agreed with a supplier; a new name makes one.", supplierSetCommand},
	{"supplier claims", "Lists what can be claimed on suppliers while their warranties run; --take makes tasks of it.", supplierClaimsCommand},
	{"payways", "Tells how buyers of a country pay, what that means for disputes, and by which source.", paywaysCommand},
	{"erase", "Tells what of the personal data of a buyer or order would go and what would be kept, and why; --take erases it for good.", eraseCommand},
	{"health", "Computes the numbers by which platforms judge the account, each with the rows that count and those left out.", healthCommand},
	{"report", "Tells what disputes, complaints, bad feedback and refunds cost and teach in a period; --out writes it into a file.", reportCommand},
	{"rate list", "Lists the exchange rates that sums are converted by.", rateListCommand},
	{"rate set", "Keeps an exchange rate from a day on; an empty one takes it away.", rateSetCommand},
	{"feedback", "Lists feedback, newest first, with what can be done about each and until when.", feedbackCommand},
	{"feedback add", "Writes down a feedback, received or given, with or without an order.", feedbackAddCommand},
	{"feedback paste", "Reads the ratings of a page that was copied as text; --take keeps them.", feedbackPasteCommand},
	{"feedback set", "Writes down what happened to a feedback, and tells how it stands then.", feedbackSetCommand},
	{"feedback proof", "Keeps files with a feedback: its pictures, and what could prove a complaint about it.", feedbackProofCommand},
	{"feedback bundle", "Binds a complaint about a feedback into a PDF and a ZIP.", feedbackBundleCommand},
	{"feedback summary", "Counts feedback over 1, 3, 6 and 12 months and all time, with rates as the platform shows them.", feedbackSummaryCommand},
	{"evidence add", "Takes files into the vault as evidence of a dispute.", evidenceAddCommand},
	{"label", "Reads the codes on the labels in pictures and tells to which orders they belong; --take keeps each picture that surely belongs to one.", labelCommand},
	{"found", "Lists what waits in watched folders, and whose it seems to be; --take keeps what is sure. 3: a person is to say of some.", foundCommand},
	{"found watch", "Begins to watch a folder for new pictures, exports and mails.", foundWatchCommand},
	{"bundle", "Binds a dispute into a PDF and a ZIP that strangers can verify.", bundleCommand},
	{"statement", "Drafts what to say to a dispute, claim by claim; --keep stores it.", statementCommand},
	{"paper", "Prints parcel lists, hand-over notes or thank-you cards of orders into a PDF.", paperCommand},
	{"profiles", "Lists the forms that a bundle can be fitted to, with their limits.", profilesCommand},
	{"rebuild", "Makes an earlier bundle once more, byte for byte.", rebuildCommand},
	{"sent", "Writes down that a bundle was sent.", sentCommand},
	{"verify", "Checks a bag, zipped or not, ours or another's: 0 intact, 1 altered or no bag.", verifyCommand},
	{"backup", "Writes the whole desk into one file.", backupCommand},
	{"check", "Looks for everything that is wrong with the desk: 0 sound, 1 not. With bundles or backups of it: was it rolled back?", checkCommand},
	{"repair", "Makes a new desk of all that can be read of a damaged one.", repairCommand},
	{"key", "Prints the fingerprint and the public part of the key that signs bundles.", keyCommand},
	{"key export", "Writes an encrypted copy of the signing key, in the age format.", keyKeepCommand},
	{"key import", "Puts the signing key back from an encrypted copy.", keyBringCommand},
	{"restore", "Makes a desk in an empty folder from a backup.", restoreCommand},
	{"sample", "Fills an empty desk with invented data.", sampleCommand},
}

func importCommand(c *call) func(context.Context) (*result, error) {
	var r desk.ImportRequest
	var platform string
	c.flags.StringVar(&r.Shop.Name, "shop", "", "`name` of the shop; a new one is made. Without it the only shop on the platform")
	c.flags.StringVar(&platform, "platform", "", "`platform` of the shop; without it the preset's")
	c.flags.StringVar(&r.Preset, "preset", "", "`id` of the preset that reads the file; without it the header tells")
	c.flags.StringVar(&r.Target, "as", "orders", "what the rows are: orders, disputes, feedback, messages, shipments of a carrier, products (listings), or costs")
	c.flags.StringVar(&r.Shop.Zone, "zone", "", "time `zone`, such as Asia/Shanghai: of a new shop, else of the times in these files")
	c.flags.StringVar(&r.Shop.Currency, "currency", "", "`currency` of amounts without one: of a new shop, else in these files")
	c.flags.BoolVar(&r.AcceptOlder, "accept-older", false, "take what goes back to a state that an order has left, such as shipped to unpaid")
	c.flags.BoolVar(&r.AcceptReused, "accept-reused", false, "take parcels to the orders that the file names, though others have their tracking numbers")
	c.flags.StringVar(&r.DayFirst, "day-first", "", "yes or no, where the file cannot tell whether 03/04 is in April")
	c.flags.StringVar(&r.Encoding, "encoding", "", "`encoding` of text, such as windows-1251, where the one that is found is wrong")
	c.flags.StringVar(&r.Minor, "minor-units", "", "yes or no, where the file cannot tell whether 4599 is 45.99")
	c.flags.StringVar(&r.Decimal, "decimal", "", "the decimal sign, . or , where the file cannot tell")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) == 0 {
			return nil, misused("import needs a file")
		}
		if !slices.Contains(targets, importer.Target(r.Target)) {
			return nil, misused("there are no %s: rows are orders, disputes, feedback, messages, shipments, products or costs", r.Target)
		}
		r.Shop.Platform = data.Platform(strings.ToLower(platform))
		if err := canOpen(c.files[0]); err != nil {
			return nil, err // before a desk is begun for nothing
		}
		return c.beginDesk(ctx, func(d *desk.Desk) (*result, error) { return importFiles(ctx, d, r, c.files) })
	}
}

// canOpen says why a file of rows cannot be opened.
func canOpen(file string) error {
	src, err := importer.Open(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return src.Close()
}

func presetsCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("presets takes no arguments")
		}
		if dir, err := c.dir(); c.desk == "" && err == nil && !desk.Known(dir) { // they are looked at before the first import
			return presetsResult(desk.BuiltInPresets())
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) { return presetsResult(d.Presets(ctx)) })
	}
}

func presetsResult(list []desk.PresetInfo, err error) (*result, error) {
	var words strings.Builder
	for _, p := range list {
		fmt.Fprintf(&words, "%s\t%s\t%s\n", p.ID, p.Target, p.Title)
	}
	return &result{Items: list, words: words.String()}, err
}

// imported is one file that was read, as --json prints it.
type imported struct {
	File   string            `json:"file"`
	Shop   string            `json:"shop"`
	Preset string            `json:"preset"`
	Counts data.ImportCounts `json:"counts"`
	Unread []string          `json:"columns_not_read,omitempty"` // they hold something that no field takes, and stay with each row as they are written
}

// importFiles reads file after file; each is taken whole or not at all. The
// first that cannot be read ends it, after what was done has been said.
func importFiles(ctx context.Context, d *desk.Desk, r desk.ImportRequest, files []string) (*result, error) {
	out := &result{}
	items := []imported{}
	defer func() { out.Items = items }()
	for _, file := range files {
		r.Path = file
		report, err := d.Import(ctx, r, nil)
		out.Rejected = slices.Grow(out.Rejected, len(report.Rejected))
		for _, row := range report.Rejected {
			out.Rejected = append(out.Rejected, row.Finding)
		}
		out.Doubts, out.Notes = append(out.Doubts, report.Doubts...), append(out.Notes, report.Notes...)
		if err != nil {
			return out, fmt.Errorf("%s: %w", file, err)
		}
		items = append(items, imported{
			File: report.File, Shop: report.Shop.Name, Preset: report.Preset, Counts: report.Counts, Unread: report.Unread,
		})
		c := report.Counts
		out.words += fmt.Sprintf("%s (%s): %d added, %d updated, %d unchanged, %d older, %d rows left out\n",
			report.File, report.Preset, c.Added, c.Updated, c.Unchanged, c.Older, c.Rejected)
		if len(report.Unread) > 0 {
			out.words += fmt.Sprintf("%s: columns that no field takes: %s\n", report.File, strings.Join(report.Unread, ", "))
		}
	}
	return out, nil
}

// dayIn is the day of a time by the clocks of a zone.
func dayIn(t time.Time, zone *time.Location) string {
	return data.FormatTime(t, zone, time.DateOnly, time.DateOnly)
}

func disputeOpenCommand(c *call) func(context.Context) (*result, error) {
	var number, shop, reason, amount, opened, due, caseNumber, claim, pack string
	var translated data.Translation
	c.flags.StringVar(&number, "order", "", "`number` of the order")
	c.flags.StringVar(&shop, "shop", "", "`name` of the order's shop, where several have the number")
	c.flags.StringVar(&reason, "reason", "", "`reason`, such as not_received")
	c.flags.StringVar(&amount, "amount", "", "`amount` in the order's currency; without it the order's total")
	c.flags.StringVar(&opened, "opened", "", "`time` when it was opened, such as 2026-11-16T14:02:00+08:00; without it now")
	c.flags.StringVar(&due, "due", "", "`time` or day that the platform states for an answer; a day ends when it ends in the shop's zone")
	c.flags.StringVar(&pack, "pack", "", "`id` of the policy pack whose rules count; without it platform and reason tell")
	c.flags.StringVar(&caseNumber, "case", "", "the platform's case `number`")
	c.flags.StringVar(&claim, "claim", "", "what the buyer says, in the buyer's `words`")
	c.flags.StringVar(&translated.Text, "translation", "", "the claim's `words` in the reviewer's language")
	c.flags.StringVar(&translated.By, "translator", "", "`name` of the person or service that translated it")
	sure := c.flags.Bool("sure", false, sureWords)
	return func(ctx context.Context) (*result, error) {
		if number == "" || reason == "" || len(c.files) > 0 {
			return nil, misused("dispute open needs --order and --reason")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := findOrder(ctx, d, number, shop)
			if err != nil {
				return nil, err
			}
			n := desk.NewDispute{OrderID: order.ID, Reason: data.Reason(reason), CaseNumber: caseNumber, Claim: claim, Translated: translated, Pack: pack, Sure: *sure}
			if amount != "" {
				if n.Amount, err = data.ParseDecimal(amount, order.Total.Currency); err != nil {
					return nil, err
				}
			}
			if n.OpenedAt, err = parseTime(opened, order.Shop.Location()); err != nil {
				return nil, err
			}
			if n.StatedDue, err = parseTime(due, order.Shop.Location()); err != nil {
				return nil, err
			}
			dispute, err := d.OpenDispute(ctx, n)
			if err != nil { // what was not kept has no id
				return nil, err
			}
			return &result{ID: dispute.UID, words: dispute.UID}, nil
		})
	}
}

func evidenceAddCommand(c *call) func(context.Context) (*result, error) {
	var dispute, kind, captured, note string
	c.flags.StringVar(&dispute, "dispute", "", "`id` of the dispute, or the platform's case number")
	c.flags.StringVar(&kind, "kind", "", "`kind` of evidence, such as photo or tracking; without it nobody said what it shows, and it stands for no proof")
	c.flags.StringVar(&captured, "captured", "", "`time` when it was captured; without it EXIF's")
	c.flags.StringVar(&note, "note", "", "`text` that says what it shows")
	return func(ctx context.Context) (*result, error) {
		if dispute == "" || len(c.files) == 0 {
			return nil, misused("evidence add needs --dispute and a file")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			found, err := d.FindDispute(ctx, dispute)
			if err != nil {
				return nil, err
			}
			order, err := d.Order(ctx, found.OrderID)
			if err != nil {
				return nil, err
			}
			at, err := parseTime(captured, order.Order.Shop.Location())
			if err != nil {
				return nil, err
			}
			files := make([]desk.EvidenceFile, len(c.files))
			for i, path := range c.files {
				files[i] = desk.EvidenceFile{
					Path: path, Kind: data.EvidenceKind(kind), Note: note, CapturedAt: at, Source: "command",
				}
			}
			report, err := d.AddEvidence(ctx, found.ID, files, nil)
			return evidenceResult(report), err
		})
	}
}

// evidenceItem is a piece of evidence as --json prints it.
type evidenceItem struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	MIME   string `json:"mime"`
}

func evidenceResult(report desk.EvidenceReport) *result {
	out := &result{failed: len(report.Added) == 0}
	items := []evidenceItem{}
	for _, e := range report.Added {
		items = append(items, evidenceItem{ID: e.UID, Name: e.Name, SHA256: e.SHA256, Size: e.Size, MIME: e.MIME})
		out.words += fmt.Sprintf("%s  %s\n", e.SHA256, e.Name)
	}
	if len(items) == 1 {
		out.ID = items[0].ID
	}
	out.Items = items
	for _, r := range report.Rejected {
		out.Rejected = append(out.Rejected, data.FindingOf(r.Reason, data.Serious, data.Ref{Kind: "file", ID: r.Name}))
	}
	return out
}

func verifyCommand(c *call) func(context.Context) (*result, error) {
	var signer string
	c.flags.StringVar(&signer, "signer", "", "`fingerprint` of the sender's key, SHA256:..., as you know it from elsewhere; any other key is refused")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 {
			return nil, misused("verify needs one path")
		}
		o := deskOptions(c.operator)
		report, err := desk.Verify(ctx, desk.VerifyRequest{Path: c.files[0], Signer: signer, Pages: o.Pages, Code: o.CodeDir}, nil)
		if err != nil {
			return nil, err
		}
		out := &result{Path: report.Path, failed: !report.Intact}
		if len(report.Findings) > 0 {
			out.Items = report.Findings
		}
		out.Detail = map[string]any{
			"verdict": report.Verdict, "bagit": report.Version, "format": report.Format, "files": report.Files, "bytes": report.Bytes,
			"signature": report.Signature, "signer": report.Fingerprint, "signer_known": report.Known,
			"custody": report.Custody, "uploads": report.FormFiles, "pages": report.Pages,
		}
		out.words = verifyWords(report)
		return out, nil
	}
}

// verifyWords names each finding, then who signed, then the verdict.
func verifyWords(report desk.VerifyReport) string {
	var words strings.Builder
	for _, f := range report.Findings {
		fmt.Fprintln(&words, findingWords(f))
	}
	switch {
	case report.Signature == "valid" && !report.Known:
		fmt.Fprintf(&words, "signature: valid, by the key %s, of which nothing is known here\n", report.Fingerprint)
	case report.Fingerprint != "":
		fmt.Fprintf(&words, "signature: %s, by the key %s\n", report.Signature, report.Fingerprint)
	case report.Version != "":
		fmt.Fprintf(&words, "signature: %s\n", report.Signature)
	}
	if report.Custody > 0 {
		fmt.Fprintf(&words, "custody log: %d entries, unbroken\n", report.Custody)
	}
	if report.Pages > 0 {
		fmt.Fprintf(&words, "document: %d pages, compared with the index\n", report.Pages)
	}
	if report.FormFiles > 0 {
		fmt.Fprintf(&words, "uploads beside it: %d, unchanged\n", report.FormFiles)
	}
	fmt.Fprintf(&words, "%s: %s (%d files, %d bytes)", report.Path, report.Verdict, report.Files, report.Bytes)
	return words.String()
}

func restoreCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if c.desk == "" || len(c.files) != 1 {
			return nil, misused("restore needs --desk and a backup")
		}
		if err := desk.Restore(ctx, c.desk, c.files[0], nil); err != nil {
			return nil, err
		}
		return &result{Path: c.desk, words: c.desk}, nil
	}
}

func sampleCommand(c *call) func(context.Context) (*result, error) {
	language := sample.English
	c.flags.StringVar(&language, "language", language, "`language` in which the sample's seller writes: en, zh-CN or zh-TW")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("sample takes no arguments")
		}
		if !slices.Contains(sample.Languages(), language) {
			return nil, misused("--language is one of " + strings.Join(sample.Languages(), ", "))
		}
		return c.beginDesk(ctx, func(d *desk.Desk) (*result, error) {
			if err := d.FillSample(ctx, language, nil); err != nil {
				return nil, err
			}
			return &result{Path: d.Dir(), words: d.Dir()}, nil
		})
	}
}

var (
	problemOrderNumber = data.DefineProblem("order_not_found", data.ErrNotFound,
		"There is no order {number} in this desk.", "Check the number, or import the platform's file that has it.")
	problemOrderTwice = data.DefineProblem("order_ambiguous", data.ErrConflict,
		"Several shops have an order {number}: {shops}.", "Name the shop with --shop.")
	problemTime = data.DefineProblem("time_form", data.ErrInvalid,
		"“{text}” is not a time.", "Write it as 2026-11-16T14:02:00+08:00, or as 2026-11-16 14:02 in the shop's time zone.")
)

func findOrder(ctx context.Context, d *desk.Desk, number, shop string) (data.Order, error) {
	ids, err := d.OrdersByNumber(ctx, number)
	if err != nil {
		return data.Order{}, err
	}
	var found []data.Order
	var shops []string
	for _, id := range ids {
		view, err := d.Order(ctx, id)
		if err != nil {
			return data.Order{}, err
		}
		if shop == "" || view.Order.Shop.Name == shop {
			found, shops = append(found, view.Order), append(shops, view.Order.Shop.Name)
		}
	}
	switch len(found) {
	case 0:
		return data.Order{}, problemOrderNumber.New("number", number)
	case 1:
		return found[0], nil
	}
	return data.Order{}, problemOrderTwice.New("number", number, "shops", strings.Join(shops, ", "))
}

// parseTime reads a time with its zone, or without one in the shop's, or a day
// alone; "" is the zero time.
func parseTime(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, known, err := data.ParseTyped(text, zone); known {
		return t, err
	}
	return time.Time{}, problemTime.New("text", text)
}
