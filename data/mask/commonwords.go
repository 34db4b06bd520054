package mask

// commonWords are parts of names that are common words too, in the languages
// in which buyers write, and romanized Chinese syllables that are English
// words. As a name they count only in the case of a name, where a name stands.
var commonWords = set(`
	ace amber angel apple april archer art august autumn baby bailey baker ball banks bar baron barber base bass bay beach bean bear beau bell bella
	berg berry best bill bird bishop black bliss bloom blue bolt bond bonnie book booker box boy brand branch bridge brook brooks brown bud buddy bush
	butcher butler can candy cane car carpenter carter case cash castle chance chandler charity charm chase cherry chin china chip christian christmas
	church clay cliff cloud coal coin cole comfort constant cook coop cooper coral cotton crane cross crow crown crystal curry dale daisy dan dean dear
	deer destiny diamond dick dollar dolly don dove drake drew duke dusty dwell early earnest easter east eden english ernest eve even ever fair faith
	falcon fang farmer faye fern field fields finch finn fish fisher flint flora flower ford forest forth foster fox frank freeman french friday frost
	garland gates gay gene general gentle german gift gill ginger glass glen glory gold golden good goodman grace grant gray green grey ground grove
	guard guy hall ham hand harbor hardy harmony harper hart harvest haven hawk hay hazel head heart heath heather heaven herb hero hill holland
	holly holmes home honey hood hope horn house hunt hunter ice iris iron ivory ivy jack jade jasmine jay jean jewel jewels job jordan joy judge july
	june juniper justice keen king kit knight lace lake lamb lance land lane lark laurel law leaf lee lemon liberty light lily lion little lock long
	lord lot love low lucky lynx mace major mark marks marina market marsh mars mason master maxim may mayor melody mercy merry miles mill miller mills
	min mint misty moan monday moon moore moss mouse nick night noble noel nova nut oak ocean olive opal orange page pan park parker parks patience pat pay
	peace peach pearl penny pepper perfect perry petal phoenix pierce pike pilot piper pitt place plum pole pond pool poppy porter post potter power
	price pride prime prince princess prudence pure queen quick quill rain rainbow ransom raven ray red reed reef reign rice rich richer ride ridge
	ring rise river rivers roads rob robin rock rocks rod roman rose rosemary rosie ross rowan royal ruby rush rusty ruth sage sail sailor saint sale
	sam sand sandy savage scarlet scout sea sharp shaw shell shepherd short silver singer skip sky sky slate slim small smart smith snow sparrow spark
	sparks speed spencer spring stack star starr steel stella stem sterling stern stew stone storm street strong sue summer summers sun sunday sunny
	sunshine swan sweet swift sycamore tab tanner taylor teal temple terrace thorn tiger timber tip topaz town trace trinity trip true truth tucker
	turner tyler van vale valentine victor victory violet vine wade walk walker wall waller ward warren water waters wave way weaver webb week well wells
	west white whitman wild wilde will win winner winter winters wise wish wolf wood woods worth wren wright yale young zen
	arm ash bob chad chuck colt dash dot fay gem gus hank jet joe jim kay ken lane lex lou mac max mel nan ned neil pip rex roy sid sol ted tim tom vic wes
	bang ban bao ben bin bing chang chen dang den din ding dong fan fen gang gong hang hen hong hung kai lang lie man meng ming mo nan nine pang peng pin ping
	ran rang sang sen shan she shun song tai tan tang tao tie tong wan wen wang wei yang yen yin you zen
	buyer seller sample customer client user guest test admin order item support service team invented nobody somebody unknown none total
	jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri sat
	alba aurora bello blanca blanco bravo bueno cabello calle calvo campo campos casa casas castillo cielo clara claro concepción consuelo cruz delgado
	dolores domingo esperanza estrella felicidad flor flores fuente fuentes gallo gloria guerra guerrero herrero iglesias ida jardín jesús julio junio
	león leon libertad lobo lucero luna luz mar marina mayo mercedes milagros montaña montes morena moreno nieves oliva paloma pastor paz pilar pinto
	plaza ponce prado real reina rey reyes rico rio ríos rocío rojo romero rosa rosario rubio salvador san sastre segura sierra sol soledad torres
	vaca valle vega vera verde vidal viernes
	alt bach bauer baum berg bernstein braun brand bunt busch dank durst edel engel ernst eule fein feld fischer fleischer frau freitag freund fritz fromm
	frisch fuchs gans gerber glück groß gut hahn hase hecht heide heim heil held herbst herr herrmann herz hirsch hof holz horst huber jäger jung kaiser
	kalt kauf keller kirsch klein klug koch kohl könig krank kraus krebs krieg kurz kühn lang lange leicht licht lieb linde lustig mai maler mann markt meister
	mond montag mut neu neumann ort ost otto pfeffer rein reich reis richter ritter roth rot ruhe sauer schäfer schatz schmidt schneider schön schulz schwarz
	seele seemann sommer sonne sonntag stark stein stern stich stolz strauß teich thal traum treu unger vogel vogt voll wagner wald walter wand weber
	weiß weiss werner winkel winzer wirth wunder zimmer zimmermann
	aimé ange avril baron bel belle berger blanc blanche boucher boulanger bon bonne bonnet bois brun carré chevalier cher clair claire clément cloche
	colombe constance content cordier court désiré dimanche fabre faure fleur fontaine forêt fort france franc garnier gentil girard grand gros janvier jolie
	joli jour lacroix langlois laurent lebrun leger legrand lemaire leroux leroy lion lis loup lune maire maison marchand marguerite martin masson menuisier
	mercier merle meunier midi mouton moulin neige noël noir olive parfait paris pascal pasteur petit perle perrin philippe picard pierre plage poirier
	port prévost prince pomme prune renard rivière roche roi roger rose rousseau roux sage saint salle soleil tessier vallée vert victoire vidal violette
	almeida amado amor branco carneiro coelho costa cordeiro coração cravo dias faria farias ferreira franco lago leite lima lobo machado mata matos
	monte moreira neves nunes oliveira passos pereira pinheiro pires porto prata queiroz ramos ribeiro rocha santos serra silva teixeira vale ventura
	bianchi bruno conti costa esposito ferrari fiore fiori gallo gatti grassi greco leone lombardi longo mancini marino monti neri pace palma pesce piazza
	ricci riva rizzo romano rosa rossi russo sala santa sereno serra sole testa valle verdi villa viola vita vitale
	вера надежда любовь роза лев слава мир роман белый белая черный чёрный волк заяц май марк злата лилия виктория победа правда светлана свет хороший
	новый богатый король князь мороз зима весна лето осень снег гром орел сокол лебедь соловей голубь мельник кузнец швец коваль пастух майя
	كريم جميل جميلة أمل نور سعيد حسن صالح أمين فرح سلام كامل شريف عادل هدى سمر ليلى رحمة حبيب حبيبة منى
	明天 马上 高兴 高尚 高级 国庆 建国 建设 和平 平安 平凡 光明 文明 文化 天天 明白 明年 方向 方法 方便 安全 安静 安心 成功 成长 成立 白天 温和 温暖 时间 时代 金融 金牌
	江山 江南 海洋 海外 田园 石头 石油 马力 黄金 黄河 周末 周到 周年 周围 常常 常见 许多 许可 万一 万能 严重 严格 毛衣 毛病 包装 包括 项目 项链 单价 单位 东方 东西
	应该 应用 程度 程序 向前 向上 美丽 美好 晓得 春天 夏天 秋天 冬天 雪白 花园 幸福 快乐 健康 健全 永远 永久 志愿 志气 新年 新星 小心 小麦 小雨 晴天 阳光 朝阳
	光 愛 希望 真実 平和 大和 大地 未来 太陽 高橋 石橋 山田 中村 小林 森 林 原 岡
	사랑 하나 하늘 이슬 가을 바다 보람 나라 아름 소리 우리 지혜 이상 이미 정도 정말 정상 유명 유리 고수 주인 주문 전화 배송 도착
`)
