package bag

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// readManifests reads all manifests and tag manifests.
func (v *verification) readManifests(ctx context.Context) error {
	payload, unchecked := 0, []string{}
	for _, name := range v.paths() {
		m := manifestName.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		tag, algorithm := m[1] != "", strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(m[2]), "-", ""), "_", "")
		known := algorithms[algorithm] != nil
		if !tag {
			payload++
		}
		if known && !tag {
			v.manifests = append(v.manifests, name)
		}
		if known && !slices.Contains(v.Algorithms, algorithm) {
			v.Algorithms = append(v.Algorithms, algorithm)
		}
		if !known {
			unchecked = append(unchecked, name)
			if !slices.Contains(v.Unchecked, algorithm) {
				v.Unchecked = append(v.Unchecked, algorithm)
			}
		}
		v.readManifest(name, algorithm, tag, known)
	}
	sort.Strings(v.Algorithms)
	if payload == 0 {
		v.fail("", KindNoManifest, sayNoManifest)
	}
	for _, name := range unchecked {
		if len(v.manifests) > 0 {
			v.warn(name, KindUnchecked, sayUncheckedToo)
		} else {
			v.fail(name, KindUnchecked, sayUncheckedSum)
		}
	}
	return nil
}

// readManifest takes one manifest's lines into sums.
func (v *verification) readManifest(name, algorithm string, tag, known bool) {
	r, ok := v.open(name)
	if !ok {
		return
	}
	defer func() { _ = r.Close() }()
	if tag {
		v.tagged[name] = map[string]bool{}
	}
	digits := 0
	if known {
		digits = 2 * algorithms[algorithm]().Size()
	}
	seen := map[uint64]uint64{} // the sum by the path, both hashed: a manifest may name millions that are not there
	bom, _ := scanLines(v.decl.text(r), v.Report, name, func(number int, text string) error {
		line, why := parseLine(text, digits)
		if why.Key != "" {
			v.failLine(name, number, KindMalformed, why, "digits", digits)
			return nil
		}
		path, ok := v.resolve(name, number, line.path, tag)
		if !ok {
			return nil
		}
		key, sum := v.hash(path), v.hash(line.sum)
		if other, twice := seen[key]; twice {
			v.listedTwice(path, name, sum == other)
			return nil
		}
		seen[key] = sum
		if _, there := v.src.files[path]; !there {
			v.missing(path, key)
			return nil
		}
		if tag {
			v.tagged[name][path] = true
		} else {
			v.listed[path] = true
		}
		if known {
			v.sums[path] = append(v.sums[path], expected{manifest: name, algorithm: algorithm, sum: line.sum})
		}
		return nil
	})
	if bom {
		v.warn(name, KindBOM, sayBOM)
	}
}

// listedTwice says that a manifest names a file twice. 1.0 wants each exactly
// once. (RFC 8493 section 2.1.3.)
func (v *verification) listedTwice(p, manifest string, same bool) {
	switch {
	case !same:
		v.fail(p, KindMalformed, sayTwoSums, "manifest", manifest)
	case v.decl.version == "1.0":
		v.fail(p, KindMalformed, sayListedTwice, "manifest", manifest)
	default:
		v.warn(p, KindMalformed, sayListedTwice, "manifest", manifest)
	}
}

// resolve finds the file that a manifest's line means. A path that leads out
// of the bag is a finding and is left out.
func (v *verification) resolve(manifest string, number int, written string, tag bool) (string, bool) {
	options := spellings(written, v.decl.version)
	for _, p := range options {
		if _, there := v.src.files[p]; there && isPayload(p) != tag {
			if p != options[0] {
				v.warn(p, KindNameForm, sayWrittenAs, "manifest", manifest, "written", printable(written))
			}
			return p, true
		}
	}
	for _, p := range options {
		if there := v.normal[norm.NFC.String(p)]; there != "" && isPayload(there) != tag {
			v.warn(there, KindNameForm, sayCodePoints, "manifest", manifest)
			return there, true
		}
	}
	p := options[0]
	if strings.HasPrefix(p, "*data/") || strings.HasPrefix(p, "./data/") || strings.HasPrefix(p, "*./data/") {
		p = options[len(options)-1]
	}
	if why := safePath(p); why.Key != "" {
		v.failLine(manifest, number, KindUnsafe, why, "limit", maxForeignPath)
		return "", false
	}
	switch {
	case tag && isPayload(p):
		v.failLine(manifest, number, KindMalformed, sayTagPayload)
		return "", false
	case !tag && !isPayload(p):
		v.failLine(manifest, number, KindMalformed, sayNotPayload, "path", printable(p))
		return "", false
	}
	return p, true
}

// checkListing compares what is listed with what is there.
func (v *verification) checkListing() {
	for _, p := range v.paths() {
		if !isPayload(p) {
			continue
		}
		if !v.listed[p] {
			v.fail(p, KindUnlisted, sayUnlisted)
			continue
		}
		// 1.0: each payload manifest lists each payload file. (RFC 8493 section 2.1.3.)
		if v.decl.version == "1.0" {
			v.checkEveryManifest(p)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(v.fetch)) {
		if !v.listed[p] && !v.absent[v.hash(p)] {
			v.fail("fetch.txt", KindMalformed, sayFetchUnlisted, "path", printable(p))
		}
	}
	for _, manifest := range slices.Sorted(maps.Keys(v.tagged)) {
		v.checkTagManifest(manifest, v.tagged[manifest])
	}
}

// checkTagManifest sees to it that a tag manifest lists each payload manifest,
// as 1.0 demands, and names tag files that it does not list, which is allowed.
// (RFC 8493 section 2.2.1.)
func (v *verification) checkTagManifest(manifest string, listed map[string]bool) {
	for _, p := range v.Tags {
		m := manifestName.FindStringSubmatch(p)
		switch {
		case listed[p] && m != nil && m[1] != "":
			v.warn(manifest, KindMalformed, sayTagManifest, "path", p)
		case listed[p] || p == SignatureName || m != nil && m[1] != "":
		case m != nil && v.decl.version == "1.0":
			v.fail(manifest, KindMalformed, sayTagLacks, "path", p)
		default:
			v.warn(p, KindUnlisted, sayUnlistedIn, "manifest", manifest)
		}
	}
}

func (v *verification) checkEveryManifest(p string) {
	for _, m := range v.manifests {
		if !slices.ContainsFunc(v.sums[p], func(e expected) bool { return e.manifest == m }) {
			v.fail(p, KindUnlisted, sayUnlistedIn, "manifest", m)
		}
	}
}

// hash stands for a text of which a manifest may have millions. Its seed is one
// of chance, so that nobody can make two texts that have the same.
func (v *verification) hash(text string) uint64 { return maphash.String(v.seed, text) }

// missing says once of a listed file that it is not there.
func (v *verification) missing(p string, key uint64) {
	if v.absent[key] {
		return
	}
	v.absent[key] = true
	other, folded := v.folded[foldName(p)]
	switch {
	case v.fetch[p]:
		v.fail(p, KindFetch, sayFetch)
	case folded:
		v.fail(p, KindMissing, sayMissingCase, "path", other)
	default:
		v.fail(p, KindMissing, sayMissing)
	}
}
