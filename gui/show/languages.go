package show

// ReplyLanguages are offered where a person names the language of a buyer or of a
// text (BCP 47), the most used first.
var ReplyLanguages = []string{
	"en", "zh-CN", "zh-TW", "es", "pt-BR", "fr", "de", "it", "ru", "pl", "nl", "tr", "ar", "he", "ja", "ko", "th", "vi", "id", "uk",
}
