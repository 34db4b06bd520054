package listing

import "casebinder/data"

type said struct{ why, how data.Phrase }

func says(in map[string]said, kind, id, why, how string) {
	in[id] = said{data.DefinePhrase("listing."+kind+"."+id, why), data.DefinePhrase("listing."+kind+"."+id+".how", how)}
}

// What is said of a part that is absent, of a point that a part does not tell, and
// of a claim.
var parts, points, claims, causes = phrases()

func phrases() (parts, points, claims, causes map[string]said) {
	parts, points, claims, causes = map[string]said{}, map[string]said{}, map[string]said{}, map[string]said{}
	part := func(id, why, how string) { says(parts, "part", id, why, how) }
	part(Title, "The listing has no title.", "Name the article with the words buyers search for: what it is, material, size, for whom.")
	part(Description, "The listing has no description.", "Say what it does, its specifications, material, condition and what is in the box.")
	part(Sizes, "No sizes are given.", "Give measures in centimeters and inches, and for clothes a table by country. If it has none, tick that.")
	part(Shipping, "Nothing is said about shipping.", "Say where you ship, how, at what price, how long handling and transit take, and where you do not ship.")
	part(Duty, "Nothing is said about customs duty.", "Say who pays duty and import tax, and that you declare the true value.")
	part(Returns, "Nothing is said about returns.", "Say under what conditions, within how many days and at whose cost goods may come back.")
	part(Service, "Nothing is said about service.", "Say when you are there and within how many hours you answer.")

	point := func(id, why, how string) { says(points, "point", id, why, how) }
	point("function", "The description does not seem to say what the article does.", "Say what it is for, and what it can do.")
	point("specs", "The description gives no figures.", "Give measures, weight, power or capacity as figures.")
	point("material", "The description does not seem to name the material.", "Name the material, and how it is made.")
	point("notes", "The description does not seem to say what buyers overlook.", "Say what may differ from the picture, what is not included, and what it needs: color, measure, plug, voltage, batteries.")
	point("warranty", "The return terms do not seem to name a warranty.", "Say how long and for what your warranty is, or that there is none beyond the law.")
	point("condition", "The description does not seem to say the condition.", "Say whether it is new, used or refurbished, and name flaws.")
	point("range", "The description does not seem to say what is in the box or what it fits.", "List what is delivered, and what it fits or does not fit.")
	point("country_sizes", "The sizes do not seem to name a country or a unit.", "Give centimeters or inches, and for clothes the sizes of the buyer's country.")
	point("destinations", "The shipping terms do not seem to say where you ship.", "Name the countries that you ship to.")
	point("excluded", "The shipping terms do not seem to say where you do not ship.", "Name the countries that you do not ship to, or say that there are none.")
	point("method", "The shipping terms do not seem to name a shipping method.", "Name the carrier or the kind of service.")
	point("price", "The shipping terms do not seem to say the price.", "Say what shipping costs, or that it is free.")
	point("handling", "The shipping terms do not seem to say how long handling takes.", "Give the days from payment to handing over.")
	point("transit", "The shipping terms do not seem to say how long transit takes.", "Give a span of days, as an estimate.")
	point("duty_payer", "The note on duty does not seem to say who pays it.", "Say whether the buyer pays on arrival, or the price includes it.")
	point("days", "The return terms give no number of days.", "Say within how many days goods may come back.")
	point("return_payer", "The return terms do not seem to say who pays the way back.", "Say who pays: you, the buyer, or whoever is at fault.")
	point("return_conditions", "The return terms do not seem to state conditions.", "Say in what state goods must be, and what cannot come back and why.")
	point("hours", "The service terms do not seem to say your hours.", "Give the hours and their time zone.")
	point("answer", "The service terms do not seem to say how soon you answer.", "Give the hours within which you answer.")

	claim := func(id, why, how string) { says(claims, "claim", id, why, how) }
	claim("waterproof", "“{words}” promises more than a test can show.", "Name the tested class, such as IPX4, and where the goods must not be used.")
	claim("delivery", "“{words}” promises an arrival that the carrier decides on.", "Write an estimate in days, and say that it is one.")
	claim("brand", "“{words}” claims to be a brand's product. Without its permission the listing can be taken down.", "Keep the brand's authorization with the papers, or delete the words.")
	claim("replica", "“{words}” offers a copy. Platforms take such listings down and close accounts.", "Do not sell it.")
	claim("medical", "“{words}” is a medical claim, which needs a permit in most countries.", "Say what the article is, not what it heals.")
	claim("customs", "“{words}” promises what customs decide.", "Say who pays duty if there is any.")
	claim("undervalue", "“{words}” offers a false declaration to customs, for which the seller answers.", "Declare the true value, and delete the words.")
	claim("lifetime", "“{words}” names no terms: whose lifetime, and what is covered?", "Give years and what the warranty covers, or delete it.")
	claim("best", "“{words}” cannot be proved.", "Name a figure or a test instead.")
	claim("no_returns", "“{words}”: the law or the platform still lets buyers return, above all faulty goods.", "State the conditions of a return, and why one is not possible.")
	claim("promotion", "“{words}” advertises in the title, which this platform forbids.", "Delete it from the title; shipping and price have fields of their own.")

	cause := func(id, why, how string) { says(causes, "cause", id, why, how) }
	cause("product", "Disputes and complaints caused by the goods themselves: {n}.", "Describe what disappointed buyers as it is, flaws included, and show it in a picture.")
	cause("listing", "Disputes and complaints caused by the listing: {n}.", "Say in the description what those buyers misunderstood.")
	cause("customs", "Disputes and complaints caused by customs: {n}.", "Say that duty may be due on arrival, who pays it, and what happens when it is refused.")
	cause("carrier", "Disputes and complaints caused by the carrier: {n}.", "Give a longer time in transit, or offer another way of shipping.")
	cause("service", "Disputes and complaints caused by service: {n}.", "Give the hours and the time of answer that you keep.")
	return parts, points, claims, causes
}

var (
	sayNoPictures   = data.DefinePhrase("listing.pictures.none", "The listing has no picture.")
	sayFewPictures  = data.DefinePhrase("listing.pictures.few", "Pictures of the listing: {n}; use at least {least} to show it from several sides.")
	howPictures     = data.DefinePhrase("listing.pictures.how", "Add clear pictures of the real article: whole, details, size beside a ruler, what is in the box.")
	sayOwnPictures  = data.DefinePhrase("listing.pictures.own", "It is not said that the pictures are your own.")
	howOwnPictures  = data.DefinePhrase("listing.pictures.own.how", "Use pictures that you took, or that you may use, and tick that.")
	sayManyPictures = data.DefinePhrase("listing.pictures.long", "Pictures of the listing: {n}; this platform takes {most}.")
	howManyPictures = data.DefinePhrase("listing.pictures.long.how", "Choose the best ones.")
	sayShort        = data.DefinePhrase("listing.short", "It has only {n} characters, which says little.")
	sayLongTitle    = data.DefinePhrase("listing.title.long", "The title has {n} characters; this platform takes {most}.")
	howLongTitle    = data.DefinePhrase("listing.title.long.how", "Keep the words buyers search for, the most important first.")
	sayRepeated     = data.DefinePhrase("listing.title.repeated", "“{word}” is {n} times in the title; this platform allows {most}.")
	howRepeated     = data.DefinePhrase("listing.title.repeated.how", "Use each word once, and use the room for others that buyers search for.")
	saySign         = data.DefinePhrase("listing.title.sign", "The sign “{sign}” is not allowed in a title on this platform.")
	howSign         = data.DefinePhrase("listing.title.sign.how", "Delete it. Not allowed are: {signs}")
	sayCauseWords   = data.DefinePhrase("listing.cause.words", "Disputes and complaints on this product with one cause: {n}. The last one says: “{words}”")
	sayCut          = data.DefinePhrase("listing.cut", "The text is longer than {most} characters; the rest was not checked.")
	howCut          = data.DefinePhrase("listing.cut.how", "Keep what buyers need, and check it again.")
	sayHours        = data.DefinePhrase("listing.agrees.hours", "The listing says {said}; the shop works {shop}.")
	sayAnswer       = data.DefinePhrase("listing.agrees.answer", "The listing promises an answer within {said} hours; the shop's own time is {shop} hours.")
	howAgrees       = data.DefinePhrase("listing.agrees.how", "Change the listing, or the shop's service settings.")
)
