package seal

import "casebinder/data"

func say(key, english string) data.Phrase { return data.DefinePhrase("seal.reason."+key, english) }

// Why a signature, a custody log or its checkpoint does not fit: the {reason} of
// their problems.
var (
	sayLong       = say("long", "it is too long")
	sayFormat     = say("format", "it is not in OpenSSH's signature format")
	sayBehind     = say("behind", "something stands behind it")
	sayKeyKind    = say("key_kind", "its key is of another kind than ssh-ed25519")
	sayPurpose    = say("purpose", "it was made for another purpose than a bundle")
	sayOtherBytes = say("other_bytes", "it was made for other bytes, or altered")

	sayOrigin = say("origin", "it is not a checkpoint of the version casebinder-custody-1")
	sayCount  = say("count", "its second line is not a number of lines")
	sayNoSum  = say("sum", "its third line is not a SHA-256")
	sayTime   = say("time", "its fourth line is not a time")
	sayLast   = say("last", "its hash is not that of the last line")

	sayNoHash  = say("no_hash", "it does not end in its hash")
	sayAltered = say("altered", "it was altered: its hash is another")
	sayChain   = say("chain", "it does not follow the line before: one was taken out, put in or moved")
	sayFields  = say("fields", "it is not a JSON object with the fields of the log, each once")
	sayPlace   = say("place", "its number or a hash in it is not what its place says")
	sayLines   = say("lines", "the checkpoint counts another number of lines")
	sayJournal = say("journal", "its entry was altered: the journal's own hash of it is another")
	sayBefore  = say("before", "its place in the journal is not behind that of the line before")
)

// The problems of keys, signatures and custody logs.
var (
	ProblemKey = data.DefineProblem("seal_key", data.ErrInvalid,
		"The signing key cannot be used: {reason}.",
		"Give an ed25519 key in OpenSSH's format without a passphrase, or let a new one be made.")
	ProblemSignature = data.DefineProblem("seal_signature", data.ErrDamaged,
		"The signature cannot be accepted: {reason}.",
		"Ask the sender for the bundle again, and compare the key's fingerprint with the one that the sender names.")
	ProblemCustody = data.DefineProblem("seal_custody", data.ErrDamaged,
		"Line {line} of the custody log does not fit: {reason}.",
		"The log was changed after the export. Ask the sender for the bundle again.")
	ProblemCheckpoint = data.DefineProblem("seal_checkpoint", data.ErrDamaged,
		"The checkpoint of the custody log does not fit: {reason}.",
		"The log or its checkpoint was changed after the export. Ask the sender for the bundle again.")
	ProblemStamp = data.DefineProblem("seal_stamp", data.ErrInvalid,
		"No time stamp can be asked for: {reason}.", "Export the bundle again.")
	ProblemCrate = data.DefineProblem("seal_crate", data.ErrInvalid,
		"The files cannot be described: {reason}.", "Export the bundle again.")
)
