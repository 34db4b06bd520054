package importer

import (
	"math"
	"sync"
	"unicode"
)

// A tongue says how much each letter beyond ASCII costs in its texts, in bits:
// the less likely, the more. That is all that telling encodings apart needs to
// know of it. What the sum of a text costs in one encoding is compared with what
// it costs in another.
type tongue struct {
	once   sync.Once
	build  func(*tongue) // fills cost when it is first asked for
	cost   map[rune]float32
	rare   float64 // what a letter of its script costs that is not listed; 0: no letter besides those listed is its own
	script *unicode.RangeTable
	prior  float64 // what a word of it costs before its letters do
}

// Costs in bits.
const (
	costForeign = 13.0 // a letter that the language does not have
	costInvalid = 26.0 // bytes that the encoding does not have
	costSign    = 9.0  // a sign that people write, such as ’ or €
	costOddSign = 13.0
	costInside  = 9.0 // more, for a sign between two letters
	costCase    = 7.0 // more, for a capital behind a small letter
	costScripts = 12.0
	costCrowd   = 1.5 // more, for the third and each further consonant or vowel in a row
)

// letters makes a language of an alphabet of its own: its letters, the most
// frequent first.
func letters(prior float64, small string) *tongue { return alphabet(prior, small, 3.2, 0.15) }

// marked makes a language of the letters that it writes beside those of ASCII,
// the most frequent first.
func marked(prior float64, small string) *tongue { return alphabet(prior, small, 5, 0.4) }

func alphabet(prior float64, small string, first, step float64) *tongue {
	return &tongue{prior: prior, build: func(l *tongue) {
		for i, r := range []rune(small) {
			l.put(r, first+step*float64(i))
		}
	}}
}

// signs makes a language of many characters, of which the frequent ones are
// listed.
func signs(script *unicode.RangeTable, rare float64, list string) *tongue {
	return &tongue{script: script, rare: rare, build: func(l *tongue) {
		i := 0.0
		for _, r := range list {
			if _, twice := l.cost[r]; !twice {
				l.cost[r] = float32(6.5 + min(0.007*i, 3))
				i++
			}
		}
	}}
}

func (l *tongue) put(r rune, bits float64) {
	if _, known := l.cost[r]; !known {
		l.cost[r] = float32(bits)
	}
	if upper := unicode.ToUpper(r); upper != r && upper >= 0x80 {
		if _, known := l.cost[upper]; !known {
			l.cost[upper] = float32(bits + 1)
		}
	}
}

// of is what a letter costs.
func (l *tongue) of(r rune) float64 {
	l.once.Do(func() {
		l.cost = map[rune]float32{}
		l.build(l)
	})
	if c, ok := l.cost[r]; ok {
		return float64(c)
	}
	if l.rare > 0 && unicode.Is(l.script, r) {
		return l.rare
	}
	return costForeign + math.Log2(1+float64(len(l.cost)))/4 // a large alphabet that lacks it lacks it the more surely
}

// The alphabets. Letters by how often they are written, from everyday knowledge
// of each language; only the order matters, and that roughly.
var (
	german     = marked(0, "üäöß")
	french     = marked(0, "éèàçêôïâîûëœù")
	spanish    = marked(0, "óáíñéúü")
	portuguese = marked(0, "ãçáéóíõêâúàô")
	italian    = marked(0.5, "àòùèéì")
	swedish    = marked(0, "öäåé")
	danish     = marked(0, "øæåé")
	icelandic  = marked(2, "áðíóþúéöæý")
	dutch      = marked(1, "ëéïöüè")
	catalan    = marked(1, "àéèóíçòïú")
	albanian   = marked(1, "ëç")

	polish   = marked(0, "łąęóśżćńź")
	czech    = marked(0, "áíéěšřžčýůúňťóď")
	slovak   = marked(0.5, "áíčéšžýúľťôňďäóŕĺ")
	magyar   = marked(0, "áéöóőíüúű")
	romanian = marked(0.5, "ăşţîâșț")
	croatian = marked(0.5, "čšžćđ")

	turkish    = marked(0, "ıüşöçğâî")
	lithuanian = marked(0.5, "ėšųžąįūčę")
	latvian    = marked(0.5, "āīēšžūņčļģķ")
	estonian   = marked(0.5, "äõöüšž")
	vietnamese = marked(1, "đưôêăâơáàảãạấầậắặéèếềệíìịóòọốồộớờợúùụứừựýỳ")

	russian    = letters(0, "оаеинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")
	ukrainian  = letters(1, "оаинівертслкмудпяьзбгчйхжюшцєщїфґ")
	bulgarian  = letters(1, "аеоинтрсвлкдпмузягбчъжщцйхшфюь")
	serbian    = letters(1.5, "аиоенрстувкдјмплзгбцљњхћшжчђфџ")
	belarusian = letters(1.5, "анірекслодутмывьяпзгбйўчцюэхшжёф")

	greek  = letters(0, "αοιετνσηρπκςμλυάγίδόθχέβφωήώζξύψϊΐ")
	hebrew = letters(0, "יולהרמאבתשנדקחעגספטצזכםןךףץ׳־")
	arabic = letters(0, "اليمرنودبعحسهتفكقجةشصخأطىضذزغثإءآئظؤـگپچکژ")
	thai   = letters(0, "นารกอเมางยลัวิีสดท่ต้ะปบคหุแ์พจูชขไใโ็ผซธถำณึฉฟภืศษฐๆญฮฝฎฏฬฤ")

	simplified  = signs(unicode.Han, 14, frequentSimplified)
	traditional = signs(unicode.Han, 14, frequentTraditional)
	nihongo     = japaneseSigns()
	koreanSigns = signs(unicode.Hangul, 12, frequentHangul)
)

// japaneseSigns is kana, each likely, and kanji.
func japaneseSigns() *tongue {
	l := signs(unicode.Han, 13.5, frequentKanji)
	kanji := l.build
	l.build = func(l *tongue) {
		kanji(l)
		for r := 'ぁ'; r <= 'ん'; r++ {
			l.cost[r] = 6
		}
		for r := 'ァ'; r <= 'ヶ'; r++ {
			l.cost[r] = 6.5
		}
		l.cost['ー'] = 6.5
		for r := rune(0xFF61); r <= 0xFF9F; r++ { // half-width kana
			l.cost[r] = 8
		}
	}
	return l
}

// Frequent characters of names, addresses, goods and the words of platforms, and
// of everyday text.
const (
	frequentSimplified = "的中市区省路号王李张刘陈杨黄赵吴周国人订单买家地址收货称名产品数量状态时间金额编发物流付款商品广东上海北京深圳州江浙苏南山海河湖" +
		"大小一二三四五六七八九十是在不了有我他这个们来到说为子和你道也年得就那要下以生会自着去之过后学对可她里所然心没成只作样开都看起还多把那好工用事行想" +
		"从方面当日如前经天见已最新本同定实力理全现长高正明公司动点手机话备注等待已完成确认取消支付宝电邮国家城门街镇村县乡楼室层栋院园花苑小区栏座单元" +
		"林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段" +
		"伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华建文玉红云春梅兰志晓雪燕飞鹏宇浩然博轩欣怡佳思雨涵蕾慧颖琳倩丹婷莹洁欢乐福德龙虎凤" +
		"色黑白红蓝绿黄灰粉紫男女童装鞋包衣裤裙帽袜手表耳机蓝牙无线充电线器壳膜保护套屏幕灯具套装盒袋件个只双对台张款式型尺码加厚防水棉皮钢塑料质" +
		"请勿退换货问题纠纷已收到未发错漏破损评价客户服务联系电话微信旗舰店官方正品包邮快递顺丰圆通中通申通韵达邮政小包挂号运费税总计优惠折扣实付" +
		"主分出能使制法资业关者度将相表种其与或由此及外部第次间数位保存设置情体性意义社会政经济科技术机信息网系统管理条件环境教育研究今明昨早晚春夏秋冬" +
		"东西南北左右内口头目足身水火土木气光声力爱家父母儿孩友师生老少美吃喝看听读写走跑坐站打买卖送拿给让叫做"
	frequentTraditional = "的中市區省路號王李張劉陳楊黃趙吳周國人訂單買家地址收貨稱名產品數量狀態時間金額編發物流付款商品臺台北高雄南新竹桃園香港九龍灣縣鄉鎮村里鄰街段巷弄樓室" +
		"大小一二三四五六七八九十是在不了有我他這個們來到說為子和你道也年得就那要下以生會自著去之過後學對可她所然心沒成只作樣開都看起還多把好工用事行想" +
		"從方面當日如前經天見已最本同定實力理全現長正明公司動點手機話備註等待完成確認取消支付電郵國家城門" +
		"林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊金陸郝孔白崔康毛邱秦江史顧侯邵孟龍萬段賴徐洪莊游詹" +
		"偉芳娜敏靜麗強磊軍洋勇艷傑娟濤超秀霞平剛桂英華建文玉紅雲春梅蘭志曉雪燕飛鵬宇浩博軒欣怡佳思雨涵慧穎琳淑惠美雅婷宜君家豪冠宗翰承恩俊宏哲瑋怡如筱萱" +
		"色黑白紅藍綠黃灰粉紫男女童裝鞋包衣褲裙帽襪手錶耳機藍牙無線充電器殼膜保護套螢幕燈具盒袋件雙張款式型尺碼加厚防水棉皮鋼塑料質" +
		"請勿退換問題糾紛未錯漏破損評價客戶服務聯絡系統店官方正品免運快遞宅配超商取貨付款全家門市運費稅總計優惠折扣帳號" +
		"主分出能使制法資業關者度將相表種其與或由此及外部第次位保存設置情體性意義社政濟科技術信息網管條件環境教育研究今昨早晚秋冬" +
		"東西左右內口頭目足身水火土木氣光聲愛父母兒孩友師老少吃喝聽讀寫走跑坐站打賣送拿給讓叫做"
	frequentKanji = "日本人大小中山田川木村上下東西南北京都府県市区町丁目番号国年月時分円様注文商品数量価格送料合計金額支払発送配達住所氏名電話郵便受付状態" +
		"佐藤鈴木高橋田中渡辺伊藤山本中村小林加藤吉田山田佐々木山口松本井上木村斎藤清水山崎森池橋本阿部石川前田小川藤田岡田後藤長谷川村上近藤石井坂本遠藤青木藤井西村福田太田三浦岡本松田中川中野原田小野竹内金子和田中山" +
		"一二三四五六七八九十百千万子美恵由紀真理香奈優太郎健介翔大輔陽菜葵結衣花愛明正雄幸男夫和義弘博隆誠浩康洋光輝信行" +
		"生見出行来言思会社学校先手目口力気今回新古長高安色赤青白黒緑黄服靴時計電池充器機種型番返品交換問合連絡完了未済確認購入者評価" +
		"大阪横浜名古屋札幌神戸福岡川崎広島仙台千葉埼玉新宿渋谷港世田谷練馬足立江戸葛飾品川板橋北海道青森秋田岩手宮城"
	frequentHangul = "이다는에의가을를은지고로하기사도어리서한자인대나수있아시정일그해라전원보들스부동과장제여주연구상화조성안만비오미선우경용신유국소재무모공업방물발계생금" +
		"등관위문학회번때영김박최강윤임송광남북길층호택배울산천역군읍면로아파트빌라현지민준서윤하은수빈예진혜희숙순옥자철환석훈태형석진우현승호민재규" +
		"황조권류홍고노양손배백허남심노하곽성차주구민류나진지엄채원천방현함변염여추도소석마길연위표명기반왕금옥육인맹제모탁국" +
		"주문번호상품명수령인구매자연락처우편번호배송메시지결제금액가격옵션수량상태발송일완료취소반품교환운송장택배사판매처점색블랙화이트레드그린블루네이비" +
		"것니까지요게네데되된될됩합했였았었습처럼보다면서부터그리고또한매우더잘못안않없많좋같때문에서에게으로와과랑도만까지마저조차"
)
