package bag

import "casebinder/data"

func say(key, english string) data.Phrase { return data.DefinePhrase("bag."+key, english) }

// What a verification says of a bag's files and records.
var (
	sayAltered       = say("altered", "Its {algorithm} is {is}, and {manifest} says {says}.")
	sayZipSum        = say("zip_sum", "It is not what the ZIP's own checksum says.")
	sayLonger        = say("longer", "It is longer than it says.")
	sayMissing       = say("missing", "It is listed, and not there.")
	sayMissingCase   = say("missing_case", "It is not there. There is only {path}, which differs in upper and lower case.")
	sayFetch         = say("fetch", "It is not in the bag: fetch.txt says where it was, and nothing is fetched here.")
	sayUnlisted      = say("unlisted", "No manifest lists it.")
	sayUnlistedIn    = say("unlisted_in", "{manifest} does not list it.")
	sayUncheckedSum  = say("unchecked", "Its checksums are of a kind that is not known here, and were not checked.")
	sayUncheckedToo  = say("unchecked_too", "Its checksums are of a kind that is not known here, and were not checked; the same files were checked with another kind.")
	sayNoManifest    = say("no_manifest", "There is no payload manifest: nothing can be checked.")
	sayBOM           = say("bom", "It begins with a byte order mark.")
	sayUnreadable    = say("unreadable", "It cannot be read: {reason}.")
	sayDamaged       = say("damaged", "Its content is damaged.")
	sayTooLarge      = say("too_large", "It is larger than {limit} MB.")
	sayTooManyFiles  = say("too_many_files", "It has more than {limit} files.")
	sayOxumForm      = say("oxum_form", "Payload-Oxum is not octets.files: {value}.")
	sayOxum          = say("oxum", "Payload-Oxum says {says_bytes} bytes in {says_files} files; there are {bytes} bytes in {files} files.")
	sayTwoSums       = say("two_sums", "{manifest} gives it two checksums.")
	sayListedTwice   = say("listed_twice", "{manifest} lists it twice.")
	sayWrittenAs     = say("written_as", "{manifest} writes its name as {written}.")
	sayCodePoints    = say("code_points", "{manifest} writes the same letters with other code points.")
	sayCodePage      = say("code_page", "Names in the ZIP are written in {encoding} and not in UTF-8.")
	saySameName      = say("same_name", "On some systems it is the same file as {path}.")
	sayTagPayload    = say("tag_payload", "A tag manifest lists payload.")
	sayNotPayload    = say("not_payload", "{path} is not below data/.")
	sayFetchUnlisted = say("fetch_unlisted", "No manifest lists {path}.")
	sayTagManifest   = say("tag_manifest", "It lists the tag manifest {path}.")
	sayTagLacks      = say("tag_lacks", "It does not list {path}.")
	sayLongLine      = say("long_line", "A line is too long.")
	sayLabel         = say("label", "The line is not a label and a value.")
	sayContinues     = say("continues", "The line continues nothing.")
	sayManyLabels    = say("many_labels", "It has more than {limit} lines.")
	sayManifestLine  = say("manifest_line", "The line is not a checksum and a path.")
	sayDigits        = say("digits", "A checksum of this kind has {digits} hexadecimal digits.")
	sayFetchLine     = say("fetch_line", "The line is not an address, a length and a path.")
	sayFetchLength   = say("fetch_length", "The line has neither a length nor a -.")
	sayMore          = say("more", "{n} more of the same kind are not named one by one.")
)

// What a verification says of bagit.txt. (RFC 8493 section 2.1.1.)
var (
	sayNoDeclaration = say("no_declaration", "There is no readable bagit.txt.")
	sayNoBag         = say("no_bag", "There is no bagit.txt at the top, nor in its one folder.")
	sayNoVersion     = say("no_version", "It has no BagIt-Version such as 1.0.")
	sayVersion       = say("version", "Version {version} of BagIt is not known here; known are 1.0 and 0.93 to 0.97.")
	sayNoEncoding    = say("no_encoding", "It has no Tag-File-Character-Encoding; it was read as UTF-8.")
	sayEncoding      = say("encoding", "The encoding {encoding} is not known here.")
	sayTwoLines      = say("two_lines", "Its lines are not exactly the two that BagIt wants: “BagIt-Version: {version}”, then “Tag-File-Character-Encoding: {encoding}”, with no other space.")
	sayLineCount     = say("line_count", "It has {n} lines, and BagIt wants exactly two: “BagIt-Version: {version}”, then “Tag-File-Character-Encoding: {encoding}”.")
)

// What a verification says of a ZIP and of names.
var (
	sayNotZip       = say("not_zip", "It is neither a folder nor a ZIP file.")
	sayCutOff       = say("cut_off", "The ZIP is cut off or damaged.")
	sayDirectory    = say("directory", "The ZIP's directory is larger than {limit} MB.")
	sayBeyond       = say("beyond", "It reaches beyond the end of the ZIP.")
	sayTwoSizes     = say("two_sizes", "It is stored as it is, but with two sizes.")
	sayUnfolds      = say("unfolds", "It unfolds to more than {limit} bytes.")
	sayShares       = say("shares", "It shares its bytes with {path}.")
	sayIntoIndex    = say("into_directory", "It reaches into the ZIP's directory.")
	sayStray        = say("stray", "{n} bytes of the ZIP belong to none of its files, and were not checked.")
	sayBehind       = say("behind", "{n} bytes behind the end of the ZIP belong to none of its files.")
	sayBeside       = say("beside", "It lies beside the bag and was not checked.")
	sayComment      = say("comment", "The ZIP has a comment, which nothing protects: “{text}”")
	sayEntryComment = say("entry_comment", "Its entry in the ZIP has a comment, which nothing protects: “{text}”")
	sayExtra        = say("extra", "Its entry in the ZIP has {n} bytes in fields that are not known here, and which nothing protects.")
	sayEncrypted    = say("encrypted", "It is encrypted.")
	sayFolder       = say("folder_content", "It is a folder with content of its own.")
	sayTwice        = say("twice", "Two entries have this name.")
	sayFileFolder   = say("file_and_folder", "Both a file and a folder have this name.")
	sayTwoFaces     = say("two_faces", "Other programs may find other files in this ZIP: {reason}.")
	sayOtherFile    = say("other_file", "Other programs may find another file here: {reason}.")
	sayEnds         = say("reason.ends", "its end records do not fit together")
	sayTwoEnds      = say("reason.two_ends", "it has two ends")
	sayBefore       = say("reason.before", "something stands before its first file, or its directory lies elsewhere")
	sayDirMore      = say("reason.directory_more", "its directory has more than its entries")
	sayHeaderPlace  = say("reason.header_place", "its header does not lie before the directory")
	sayHeaderNone   = say("reason.header_none", "it has no header of its own")
	sayHeaderName   = say("reason.header_name", "its own header has another name")
	sayHeaderMethod = say("reason.header_method", "its own header has another method")
	sayHeaderCipher = say("reason.header_cipher", "its own header says otherwise whether it is encrypted")
	sayHeaderSum    = say("reason.header_sum", "its own header has another checksum")
	sayHeaderSize   = say("reason.header_size", "its own header has another size")
	saySecondName   = say("reason.second_name", "it has a second name")

	sayEmptyName = say("name.empty", "Its name is empty.")
	sayNotUTF8   = say("name.not_utf8", "Its name is not UTF-8.")
	sayBackslash = say("name.backslash", "Its name has a backslash.")
	sayAbsolute  = say("name.absolute", "Its name is an absolute path.")
	sayDrive     = say("name.drive", "Its name begins with a drive letter.")
	sayLongName  = say("name.long", "Its name has more than {limit} bytes.")
	sayDots      = say("name.dots", "Its name has . or .. or an empty part.")
	sayControl   = say("name.control", "Its name has a control character.")

	sayLink    = say("type.link", "It is a symbolic link and no regular file.")
	sayPipe    = say("type.pipe", "It is a pipe and no regular file.")
	saySocket  = say("type.socket", "It is a socket and no regular file.")
	sayDevice  = say("type.device", "It is a device and no regular file.")
	saySpecial = say("type.special", "It is no regular file.")
)

// What is to be done.
var (
	doAgain  = say("do.again", "Do not rely on it. Ask the sender for it again.")
	doUnsafe = say("do.unsafe", "Do not unpack it. Ask the sender for it again.")
	doFetch  = say("do.fetch", "Bring the file from where fetch.txt says into its place, and verify again.")
	doNewer  = say("do.newer", "Check it with a newer version of this program, or with another one.")
	doChoose = say("do.choose", "Choose the ZIP, or the folder that holds bagit.txt.")
	doHeed   = say("do.heed", "Heed nothing that it says before you have asked the sender.")
)

// mends says by kind what is to be done of a failure.
var mends = map[Kind]data.Phrase{
	KindUnsafe: doUnsafe, KindDuplicate: doUnsafe, KindEncrypted: doUnsafe, KindBomb: doUnsafe,
	KindFetch: doFetch, KindUnchecked: doNewer, KindVersion: doNewer,
	KindNotZip: doChoose, KindNotABag: doChoose,
}
