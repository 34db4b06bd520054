package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A country is where a made-up buyer lives.
type country struct {
	name, city, street string
	first, last        []string
}

var countries = []country{
	{"United States", "Springfield", "Oak Avenue", []string{"Avery", "Jordan", "Taylor", "Morgan", "Casey"}, []string{"Sample", "Example", "Tester", "Fields", "Marsh"}},
	{"United Kingdom", "Ashford", "Station Road", []string{"Alex", "Robin", "Sam", "Charlie"}, []string{"Hill", "Brook", "Woods", "Marsh"}},
	{"Germany", "Neustadt", "Gartenstraße", []string{"Jörg", "Käthe", "Uwe", "Anke"}, []string{"Beispiel", "Muster", "Prüfer"}},
	{"Spain", "Villanueva", "Calle Mayor", []string{"Nuria", "Iñigo", "Pilar"}, []string{"Ejemplo", "Muestra", "Prueba"}},
	{"Russian Federation", "Новгород", "улица Садовая", []string{"Анна", "Пётр", "Ольга"}, []string{"Примерова", "Образцов", "Пробная"}},
	{"France", "Villeneuve", "rue de l'Église", []string{"Chloé", "Léo", "Zoé"}, []string{"Exemple", "Modèle", "Essai"}},
	{"Hong Kong", "沙田", "禾輋街", []string{"Kai", "Lok"}, []string{"試用", "範例"}},
	{"Brazil", "Vila Nova", "Rua das Flores", []string{"João", "Inês"}, []string{"Exemplo", "Amostra"}},
}

var (
	handles = []string{"shopper", "garden", "bluebird", "collector", "reader", "maker", "cyclist", "angler"}
	colors  = []string{"black", "white", "red", "blue", "green", "silver", "pink", "gray"}
	things  = []string{"Phone Case", "LED Strip", "Garden Hose", "Desk Lamp", "Bicycle Bell", "Yoga Mat", "Coffee Grinder", "USB Cable", "Watch Band", "Fishing Reel", "Paint Brush Set", "Dog Collar"}
	traits  = []string{"Waterproof", "Foldable", "Wireless", "Heavy Duty", "Mini", "Portable", "Adjustable", "Retro"}
)

// title makes up what a listing is called.
func title(random *rand.Rand) string {
	return fmt.Sprintf("%s %s %s for Home %s Model %c%d", pick(random, traits), pick(random, colors), pick(random, things),
		pick(random, traits), 'A'+rune(random.IntN(26)), random.IntN(900))
}

// A language is what messages in it are made of. {n} is a number, {t} a
// tracking number, {o} an order number, {w} a word of the list.
type language struct {
	code      string
	words     []string
	sentences []string
	queries   []string // recorded: what people look for, typed letter by letter
}

var languages = []language{chinese, english, russian}

var chinese = language{
	code:  "zh-CN",
	words: []string{"手机壳", "灯带", "水管", "台灯", "车铃", "瑜伽垫", "磨豆机", "数据线", "表带", "渔轮", "画笔", "项圈", "充电器", "耳机", "背包", "雨伞"},
	sentences: []string{
		"您好,我的订单{o}什么时候可以发货?", "包裹已经{n}天没有更新物流信息了,请帮忙查一下。", "收到的{w}是坏的,我要求退款。",
		"{w}的颜色和图片不一样,货不对板。", "运单号{t}显示已签收,但是我没有收到货。", "请把地址改成新的,谢谢。", "我们已经安排补发{w},请您耐心等待。",
		"很抱歉给您带来不便,我们可以部分退款{n}美元。", "海关要求提供发票,请尽快发给我。", "如果三天内不解决,我会提起纠纷。", "少发了一个{w},请补寄。",
		"退货的运费由谁承担?", "已经收到{w},质量很好,五星好评。", "请问{w}有没有蓝色的现货?", "客服一直没有回复我的消息。", "麻烦您提供开箱的照片或者视频。",
	},
	queries: []string{"退款", "没有收到货", "物流信息", "海关", "补发", "货不对板", "坏的", "发票", "瑜伽垫", "运费", "纠纷", "照片"},
}

var english = language{
	code:  "en",
	words: []string{"phone case", "strip", "hose", "lamp", "bell", "mat", "grinder", "cable", "band", "reel", "brush", "collar", "charger", "headset", "backpack", "umbrella"},
	sentences: []string{
		"Hello, when will my order {o} be shipped?", "The tracking has not been updated for {n} days, please check.", "The {w} arrived broken and I want a refund.",
		"The color of the {w} is different from the picture.", "Tracking {t} says delivered but I have not received anything.", "Could you change the shipping address please?",
		"We have arranged to resend the {w}, thank you for your patience.", "We are sorry and can offer a partial refund of ${n}.", "Customs asks for an invoice, please send it soon.",
		"If this is not solved within three days I will open a dispute.", "One {w} is missing from the parcel.", "Who pays for the return postage?", "The {w} came early and the quality is great, five stars.",
		"Is the {w} available in blue?", "Nobody has answered my messages since Monday.", "Could you send us photos or a video of the parcel as it arrived?",
	},
	queries: []string{"refund", "not received", "tracking", "asks for an invoice", "resend", "broken", "missing", "address", "umbrella", "postage", "dispute", "photos"},
}

var russian = language{
	code:  "ru",
	words: []string{"чехол", "лента", "шланг", "лампа", "звонок", "коврик", "кофемолка", "кабель", "ремешок", "катушка", "кисть", "ошейник", "зарядка", "наушники", "рюкзак", "зонт"},
	sentences: []string{
		"Здравствуйте, когда отправите мой заказ {o}?", "Отслеживание не обновлялось {n} дней, проверьте, пожалуйста.", "Товар пришёл сломанный ({w}), хочу вернуть деньги.",
		"Цвет не такой, как на фото: {w}.", "Трек {t} показывает, что доставлено, но я ничего не получил.", "Можно изменить адрес доставки?",
		"Мы уже отправили замену ({w}), спасибо за терпение.", "Извините, мы можем вернуть часть суммы: {n} долларов.", "Таможня просит счёт, пришлите его скорее.",
		"Если не решите за три дня, я открою спор.", "В посылке не хватает: {w}.", "Кто оплачивает обратную пересылку?", "Всё пришло быстро, качество отличное, пять звёзд: {w}.",
		"Есть ли синий цвет ({w}) в наличии?", "Никто не отвечает на мои сообщения с понедельника.", "Пришлите, пожалуйста, фото или видео посылки.",
	},
	queries: []string{"вернуть деньги", "не получил", "отслеживание", "таможня", "замену", "сломанный", "не хватает", "адрес", "зонт", "пересылку", "спор", "фото"},
}

// sentence makes up one.
func sentence(random *rand.Rand, l language) string {
	s := pick(random, l.sentences)
	return strings.NewReplacer(
		"{n}", fmt.Sprint(2+random.IntN(60)),
		"{t}", fmt.Sprintf("LX%09dCN", random.IntN(1_000_000_000)),
		"{o}", orderNumber(random.IntN(1_000_000)),
		"{w}", pick(random, l.words),
	).Replace(s)
}
