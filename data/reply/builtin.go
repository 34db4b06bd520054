package reply

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// templateFile is one file of assets/templates: the templates of one scenario.
type templateFile struct {
	Scenario  string `toml:"scenario"`
	Templates []struct {
		UID      string        `toml:"uid"`
		Name     string        `toml:"name"`
		Reasons  []data.Reason `toml:"reasons"` // of a dispute that it answers
		Stages   []data.Stage  `toml:"stages"`  // of a dispute that it is for
		Variants []struct {
			Language string `toml:"language"`
			Label    string `toml:"label"`
			Body     string `toml:"body"`
		} `toml:"variant"`
	} `toml:"template"`
}

// Scenarios lists the groups of the built-in templates in the order of an
// order's life. Their words are "scenario.<key>" in the language files.
func Scenarios() []string {
	return []string{
		"pre_sale", "payment", "address", "cancellation", "shipping", "delivery",
		"problem", "return_refund", "dispute", "feedback", "relation",
	}
}

// BuiltIn reads the templates that the program carries, by scenario. Each is
// validated; an error means that the program was built from broken files.
func BuiltIn() ([]data.Template, error) {
	var all []data.Template
	seen := map[string]bool{}
	for _, scenario := range Scenarios() {
		list, err := readScenario(scenario)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			if seen[t.UID] {
				return nil, fmt.Errorf("built-in template %s is there twice: %w", t.UID, data.ErrConflict)
			}
			seen[t.UID] = true
			all = append(all, t)
		}
	}
	return all, nil
}

// Edition names the text of all built-in templates: the SHA-256 of their files,
// in hex. It is told without reading them as templates.
func Edition() (string, error) {
	sum := sha256.New()
	for _, scenario := range Scenarios() {
		raw, err := fs.ReadFile(assets.FS, "templates/"+scenario+".toml")
		if err != nil {
			return "", fmt.Errorf("reading built-in templates: %w", err)
		}
		sum.Write(raw)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// readFile reads the templates of a scenario as they stand in its file.
func readFile(scenario string) (templateFile, error) {
	name := "templates/" + scenario + ".toml"
	var file templateFile
	if err := pack.Read(assets.FS, name, &file); err != nil {
		return file, err
	}
	if file.Scenario != scenario {
		return file, pack.Fault(name, fmt.Sprintf("its scenario is “%s”", file.Scenario))
	}
	for _, t := range file.Templates {
		for _, reason := range t.Reasons {
			if !slices.Contains(data.Reasons(), reason) {
				return file, pack.Fault(name, fmt.Sprintf("%s answers the reason “%s”, which is none", t.UID, reason))
			}
		}
		for _, stage := range t.Stages {
			if !slices.Contains(data.Stages(), stage) {
				return file, pack.Fault(name, fmt.Sprintf("%s is for the stage “%s”, which is none", t.UID, stage))
			}
		}
	}
	return file, nil
}

// disputes is the scenario whose templates are for any dispute.
const disputes = "dispute"

// Fitting names the built-in templates that fit a dispute, the best first: those
// for its stage, those that answer its reason, then those for any dispute.
func Fitting(reason data.Reason, stage data.Stage) ([]string, error) {
	var forStage, forReason, forAny []string
	for _, scenario := range Scenarios() {
		file, err := readFile(scenario)
		if err != nil {
			return nil, err
		}
		for _, t := range file.Templates {
			switch {
			case slices.Contains(t.Stages, stage):
				forStage = append(forStage, t.UID)
			case slices.Contains(t.Reasons, reason):
				forReason = append(forReason, t.UID)
			case scenario == disputes && len(t.Stages) == 0:
				forAny = append(forAny, t.UID)
			}
		}
	}
	return slices.Concat(forStage, forReason, forAny), nil
}

func readScenario(scenario string) ([]data.Template, error) {
	file, err := readFile(scenario)
	if err != nil {
		return nil, err
	}
	list := make([]data.Template, 0, len(file.Templates))
	for _, t := range file.Templates {
		template := data.Template{UID: t.UID, Scenario: scenario, Name: t.Name, BuiltIn: true}
		for _, v := range t.Variants {
			variant := data.Variant{UID: variantUID(t.UID, v.Language, v.Label), Language: v.Language, Label: v.Label, Body: strings.TrimSpace(v.Body)}
			if problems := Check(variant.Body); len(problems) > 0 {
				return nil, fmt.Errorf("built-in template %s: %w", variant.UID, problems[0])
			}
			template.Variants = append(template.Variants, variant)
		}
		list = append(list, template)
	}
	return list, nil
}

func variantUID(uid, lang, label string) string {
	if label == "" {
		return uid + "." + lang
	}
	return uid + "." + lang + "." + strings.ReplaceAll(strings.ToLower(label), " ", "_")
}
