package replies

import (
	"slices"
	"sort"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/words"
)

// templateName is a template's name; those of the built-in ones are translated.
func templateName(t data.Template) string {
	if key := "template." + t.UID; t.BuiltIn && words.Has(key) {
		return words.T(key)
	}
	return t.Name
}

// scenarioName is the name of a group of templates.
func scenarioName(key string) string {
	if words.Has("scenario." + key) {
		return words.T("scenario." + key)
	}
	return key
}

// variableName describes a variable in the language of the screen.
func variableName(name string) string {
	for _, v := range desk.TemplateVariables() {
		if v.Name != name {
			continue
		}
		if words.Has(v.Key) {
			return words.T(v.Key)
		}
		return v.English
	}
	return name
}

// scenariosOf lists the groups: the built-in ones in their order, then the
// seller's own by name.
func scenariosOf(templates []data.Template) []string {
	list := desk.TemplateScenarios()
	var own []string
	for _, t := range templates {
		if !slices.Contains(list, t.Scenario) && !slices.Contains(own, t.Scenario) {
			own = append(own, t.Scenario)
		}
	}
	sort.Strings(own)
	return append(list, own...)
}
