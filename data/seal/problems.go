package seal

import "casebinder/data"

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
