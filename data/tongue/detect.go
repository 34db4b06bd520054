package tongue

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"casebinder/assets"
	"casebinder/data/pack"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/unicode/norm"
)

// wordsFile is assets/tongue/words.toml.
type wordsFile struct {
	Languages []struct {
		Code    string   `toml:"code"`
		Letters string   `toml:"letters"`
		Words   []string `toml:"words"`
	} `toml:"language"`
}

// lexicon weighs words and letters for languages in Latin letters.
type lexicon struct {
	codes   []string
	words   map[string][]int // languages that have the word
	folded  map[string][]int // the same without accents
	letters map[rune][]int
}

var readLexicon = sync.OnceValues(func() (*lexicon, error) {
	var file wordsFile
	if err := pack.Read(assets.FS, "tongue/words.toml", &file); err != nil {
		return nil, err
	}
	l := &lexicon{words: map[string][]int{}, folded: map[string][]int{}, letters: map[rune][]int{}}
	for i, lang := range file.Languages {
		l.codes = append(l.codes, lang.Code)
		for _, word := range lang.Words {
			l.words[word] = append(l.words[word], i)
			if plain := fold(word); !slices.Contains(l.folded[plain], i) {
				l.folded[plain] = append(l.folded[plain], i)
			}
		}
		for _, r := range lang.Letters {
			l.letters[r] = append(l.letters[r], i)
		}
	}
	return l, nil
})

// fold takes the accents off, as buyers type on a phone.
func fold(word string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'ı':
			return 'i'
		case 'ł':
			return 'l'
		case 'đ':
			return 'd'
		case 'ø':
			return 'o'
		}
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
}

// notWords are links, addresses, template marks and codes, which tell nothing of
// a language.
var notWords = regexp.MustCompile(`https?://\S+|www\.\S+|\S+@\S+|⟦[^⟧]*⟧|\S*\d\S*`)

// maxDetect is how much of a text is looked at, in bytes: more tells no more.
const maxDetect = 4000

// Detect tells the language of a text (BCP 47: "es", "pt", "zh-CN", "zh-TW") and
// whether that is sure. A text that tells nothing gives "" and false; a short one
// that may be of two languages gives the likelier one and false.
func Detect(text string) (lang string, sure bool) {
	if len(text) > maxDetect {
		text = strings.ToValidUTF8(text[:maxDetect], "")
	}
	text = notWords.ReplaceAllString(norm.NFC.String(text), " ")
	lang, sure, latin := byScript(text)
	if !latin {
		return lang, sure
	}
	return byWords(text)
}

// byScript tells the language where its script does; latin is true where words
// must tell it.
func byScript(text string) (lang string, sure, latin bool) {
	var c scripts
	for _, r := range text {
		c.count(r)
	}
	letters := c.han + c.kana
	switch best := max(c.latin, letters, c.hangul, c.cyrillic, c.arabic, c.hebrew, c.greek, c.thai); {
	case best == 0:
		return "", false, false
	case c.hangul == best, c.hangul > 1 && c.hangul*2 >= c.latin && letters < c.hangul:
		return "ko", c.hangul > 1, false
	case c.kana > 0 && letters*2 >= c.latin:
		return "ja", c.kana > 1 || c.han > 0, false
	case c.han > 0 && c.han*2 >= c.latin && c.han >= c.cyrillic:
		return c.chinese()
	case c.latin == best:
		return "", false, true
	}
	lang, sure = c.alphabet()
	return lang, sure, false
}

// alphabet tells the language of the alphabet that has the most letters, of those
// that few languages write.
func (c *scripts) alphabet() (lang string, sure bool) {
	switch max(c.cyrillic, c.arabic, c.hebrew, c.greek, c.thai) {
	case c.thai:
		return "th", true
	case c.arabic:
		return c.arabicScript(), c.arabic > 3
	case c.hebrew:
		return "he", c.hebrew > 2
	case c.greek:
		return "el", c.greek > 2
	}
	return c.slavic(), c.cyrillic > 3
}

// scripts counts letters.
type scripts struct {
	latin, han, kana, hangul, cyrillic, arabic, hebrew, greek, thai int
	simple, full                                                    int // characters of the two ways to write Chinese
	ukrainian, bulgarian, russian, persian, urdu                    int
}

func (c *scripts) count(r rune) {
	switch {
	case r < 0x80:
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			c.latin++
		}
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		c.kana++
	case unicode.Is(unicode.Han, r):
		c.countHan(r)
	case unicode.Is(unicode.Hangul, r):
		c.hangul++
	case unicode.Is(unicode.Cyrillic, r):
		c.countCyrillic(r)
	case unicode.Is(unicode.Arabic, r):
		c.countArabic(r)
	default:
		c.countOthers(r)
	}
}

func (c *scripts) countOthers(r rune) {
	switch {
	case unicode.Is(unicode.Hebrew, r):
		c.hebrew++
	case unicode.Is(unicode.Greek, r):
		c.greek++
	case unicode.Is(unicode.Thai, r):
		c.thai++
	case unicode.Is(unicode.Latin, r):
		c.latin++
	}
}

func (c *scripts) countHan(r rune) {
	c.han++
	if strings.ContainsRune(simplified, r) {
		c.simple++
	} else if strings.ContainsRune(traditional, r) {
		c.full++
	}
}

func (c *scripts) countCyrillic(r rune) {
	c.cyrillic++
	switch {
	case strings.ContainsRune("іїєґІЇЄҐ", r):
		c.ukrainian++
	case strings.ContainsRune("ыэёЫЭЁ", r):
		c.russian++
	case strings.ContainsRune("ъЪ", r):
		c.bulgarian++
	}
}

func (c *scripts) countArabic(r rune) {
	c.arabic++
	if strings.ContainsRune("پچژگک", r) {
		c.persian++
	} else if strings.ContainsRune("ٹڈڑںےہ", r) {
		c.urdu++
	}
}

// Characters of messages about orders that only one way of writing Chinese has.
const (
	simplified  = "这个们来时说没还样过给发货单东订邮递颜码损坏问题换钱优谢请为么么应该认证员购买卖见开关电话动图号错补试红蓝绿黄丝线纸装张条双对种类质价贵写让与业两严临举义乐习书争亏产亲仅从仓传伤伦体侧储儿党关养兴内军农冲决况净减凭击则创别办务势区医华协单卖卢卫厂厅历压厌厕县参发变叠叶号叹吗听启员响哗唤团园围国图圆圣场块坚坛坏声处备复够头夹夺奋奖妇妈娱宁实宝审宽宾对寻导将尔尘尝层届属岁岛币师帅带帮库应废开异弃张弹强归当录径忆态总怀恋恶悬惊惧惯愿戏战户执扩扫扬护报担拥择挤挥损换据摆摇数断无旧昙显晓暂术机杀杂权条来极构枪标栈栏树样桥检楼横档欢毁毕气汇汉汤沟沪泪泽洁洒浅测济浏浓涛润涨渐温湿滚满滞灭灯灵灾炉点热爱牵犹独狭猎环现玛电画畅疗皱盖监盘着矿码砖础硕确祸离秃种积称穷窃竞笔签简类粮紧纠红纤约级纪纯纳纵纷纸纹纺线练组细织终绍经结绕绘给络绝统继绩续维绿缓编缘缩缴网罗罚职联肃肠肤肿胀胜胶脉脏脑脚脱脸艺节苏苹荐药获莲营萨蓝虑虽虾蚀补衬袜装见观规视览觉触计订认讨让训议讯记讲许论设访证评识诉词译试话询该详语误说请诸读课谁调谅谈谢谱负财责败货质购贩贯贴费贺贸资赏赔赖赛赞跃踪车转轮软轻载较辅辆输边达迁过运还这进远违连迟适选递逻遗邮释钟钢钱铁银销锁错键镇长门闪闭问间闻队阳阴阶际陆陈险随隐难雾静页顶项顺须预频题颜额风飞饭馆马驱验骗鱼鲜鸟鸡黄齐齿龙"
	traditional = "這個們來時說沒還樣過給發貨單東訂郵遞顏碼損壞問題換錢優謝請為麼後裡應該認證員購買賣見開關電話動圖號錯補試紅藍綠黃絲線紙裝張條雙對種類質價貴寫讓與業兩嚴豐臨舉義樂習書爭虧產親僅從倉傳傷體餘側儲兒黨養興內軍農衝決況淨減憑擊劃則創別辦務勢區醫華協佔衛廠廳歷壓縣參變疊葉嘆嗎聽啟諮響喚團園圍國圓聖場塊堅聲處備復夠頭夾獎婦媽娛寧實寶審寬賓尋導將爾塵嘗層屆屬歲島幣師帥帶幫庫廢異棄彈強歸當錄徵徑憶態總懷戀惡懸驚懼慣願戲戰執擴掃揚護報擔擁擇掛擠揮據擺搖數斷無舊顯曉暫術機殺雜權極構槍標棧欄樹橋檢樓橫檔歡毀畢氣匯漢湯溝澤潔灑淺測濟瀏濃濤潤漲漸溫濕滾滿滯滅燈靈災爐點熱愛牽猶獨狹獵環現瑪畫暢療皺蓋監盤礦磚礎碩確禍離積稱窮竊競筆簽簡糧緊糾纖約級紀純納縱紛紋紡練組細織終紹經結繞繪絡絕統繼績續維緩編緣縮繳網羅罰職聯肅腸膚腫脹勝膠脈臟腦腳脫臉藝節蘇蘋範薦藥獲蓮營薩慮雖蝦蝕襯襪觀規視覽覺觸計討訓議訊記講許論設訪評識訴詞譯詢詳語誤諸讀課誰調諒談譜負財責敗販貫貼費賀貿資賞賠賴賽贊躍蹤車轉輪軟輕載較輔輛輸邊達遷運進遠違連遲適選邏遺釋鐘鋼鐵銀銷鎖鍵鎮長門閃閉間聞隊陽陰階際陸陳險隨隱難霧靜頁頂項順須預頻額風飛飯館馬驅驗騙魚鮮鳥雞齊齒龍嗎妳"
)

func (c *scripts) chinese() (lang string, sure, latin bool) {
	if c.full > c.simple {
		return "zh-TW", true, false
	}
	return "zh-CN", c.simple > c.full, false
}

func (c *scripts) arabicScript() string {
	switch {
	case c.urdu > 0:
		return "ur"
	case c.persian*25 > c.arabic:
		return "fa"
	}
	return "ar"
}

func (c *scripts) slavic() string {
	switch {
	case c.ukrainian > 0 && c.russian == 0:
		return "uk"
	case c.bulgarian > 1 && c.russian == 0 && c.ukrainian == 0:
		return "bg"
	}
	return "ru"
}

// sureScore is the least that words must say for a language to be sure; a word
// that one language alone has says 1.
const sureScore = 1.5

// byWords weighs small words and letters, and asks letter triples where a text
// has none of them.
func byWords(text string) (lang string, sure bool) {
	l, err := readLexicon()
	if err != nil {
		return "", false
	}
	scores := l.scores(strings.ToLower(text))
	first, second := -1, -1
	for i := range scores {
		switch {
		case first < 0 || scores[i] > scores[first]:
			first, second = i, first
		case second < 0 || scores[i] > scores[second]:
			second = i
		}
	}
	best, next := scores[first], scores[second]
	if best >= 1 && best-next >= 0.3 {
		return l.codes[first], best >= sureScore && best-next >= max(0.8, 0.3*best)
	}
	if guess := byTriples(text); guess != "" && (best < 1 || guess == l.codes[first] || guess == l.codes[second]) {
		return guess, false
	}
	if best > next {
		return l.codes[first], false
	}
	return "", false
}

func (l *lexicon) scores(text string) []float64 {
	scores := make([]float64, len(l.codes))
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	for _, word := range words {
		word = strings.Trim(strings.ReplaceAll(word, "’", "'"), "'")
		of, weight := l.words[word], 1.0
		if len(of) == 0 {
			of, weight = l.folded[word], 0.8
		}
		if before, after, cut := strings.Cut(word, "'"); len(of) == 0 && cut && len(before) <= 2 {
			of, weight = l.words[after], 0.8 // l'article, d'arrivo
		}
		for _, i := range of {
			scores[i] += weight / float64(len(of)*len(of))
		}
	}
	for _, r := range text {
		for _, i := range l.letters[r] {
			scores[i] += 0.4 / float64(len(l.letters[r]))
		}
	}
	return scores
}

// byTriples asks a small detector by triples of letters, among the languages
// that buyers write in.
func byTriples(text string) string {
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 12 {
		return ""
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: triples})
	return info.Lang.Iso6391()
}

var triples = map[whatlanggo.Lang]bool{
	whatlanggo.Eng: true, whatlanggo.Spa: true, whatlanggo.Fra: true, whatlanggo.Deu: true, whatlanggo.Por: true, whatlanggo.Ita: true, whatlanggo.Nld: true,
	whatlanggo.Pol: true, whatlanggo.Tur: true, whatlanggo.Vie: true, whatlanggo.Ind: true, whatlanggo.Swe: true, whatlanggo.Ces: true,
	whatlanggo.Ron: true, whatlanggo.Hun: true, whatlanggo.Fin: true, whatlanggo.Dan: true,
}
