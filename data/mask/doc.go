// Package mask finds personal data in text, masks it, and searches what was
// written for what should be gone.
//
// Its one rule: one and the same reading of text decides what is masked and
// what is a leak. So what [Masker.Text] gives is clean by [Masker.Search],
// masking it again changes nothing, and what Search finds in a finished file
// came past Text.
//
// # How text is read
//
// Text is folded: letters to their base in lower case (diacritics, width and
// presentation forms gone, Hangul composed), digits of all scripts to 0-9,
// invisible characters dropped. Everything else is a gap. Known values lie in a
// trie of folded letters and digits that is walked from each place where a word
// may begin; which gaps may lie inside a value depends on how long and how
// common it is. E-mails, phones, cards, accounts and street lines that nobody
// knows beforehand are found by their form, and are known values from then on.
// All of it takes time linear in the text.
//
// Who masks a case: New, then Learn with all texts of the case, then Text for
// each, then Search for the text of each page that was written and SearchBytes
// for each file beside it, then Refuse.
//
// # What counts, and the limits
//
//   - Names: of the buyer, the recipient and whom the caller names; whole, in
//     any order of two of its parts, and each part of at least 3 letters (2 Han
//     characters, 2 Hangul syllables) as a word; with and without diacritics,
//     with German ae/oe/ue, in the usual romanizations of Cyrillic, in Russian
//     cases, with Arabic and Hebrew prefixes, with Korean and Chinese forms of
//     address. Parts that are common words (Rose, Will, 明天) or words of the
//     order's goods count only in the case of a name and where a name stands:
//     not at the beginning of a sentence, or in a greeting or signature.
//     A romanized Chinese, Japanese or Korean name is not told from its
//     characters, a nickname not from a name. A handle counts when it has a
//     part of a name in it. A Chinese identity number (18 digits, right check
//     digit) counts as a name. Of a firm only the whole name counts. Not told:
//     Greek and other inflections, simplified for traditional characters, and a
//     name whose letters are percent-encoded within a text (raw files are
//     searched for those too).
//   - Addresses: the street lines of the order, their street with and without
//     house number; in text that nobody knows, street lines of a sure form with
//     a house number. City, region, country and the postcode stay, because
//     reviewers compare them; of a postcode that names a few houses or one
//     (GB, NL, CA, IE, BR, PT, SG, AR, MT, US with four more digits) the second
//     half goes.
//   - Phones: those of the order in every national and international spelling;
//     unknown ones with a plus and a calling code, in a national form of the
//     buyer's country, as a Chinese mobile, or behind a word such as "Tel.".
//     Numbers of the order, parcels and items are never phones, nor are dates,
//     amounts, addresses of networks, and numbers behind a word such as "order".
//   - E-mails: all, also with "(at)" and "dot", internationalized, and relays.
//   - Payment: card numbers (Luhn, 12 to 19 digits) and IBANs (mod 97); their
//     last 4 characters stay.
package mask
