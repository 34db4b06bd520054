package reply

import (
	"strings"
	"testing"
)

// Messages of Arabic and Turkish buyers, written and as they are spoken, with
// what they want first.
const wishesArabicTurkish = `
where_is_it|وين طلبي؟ صار لي أسبوعين أنتظر
where_is_it|لو سمحت الشحنة واقفة من ثلاثة أيام ولا تتحرك
where_is_it|متى بتوصل الطلبية؟
where_is_it|هل شحنتوا الطلب؟
not_received|ما استلمت شي لحد الآن
not_received|مر شهر والطرد لم يصلني
not_received|لسه ماوصلش الطلب
delivered_not_received|مكتوب أنه تم التسليم بس ما وصلني شيء
delivered_not_received|التطبيق يقول تم التوصيل ولا أحد استلم
damaged|وصلت الكاسة مكسرة
damaged|الشاشة فيها كسر من الزاوية
damaged|العلبة وصلت مفعوصة والمنتج متضرر
wrong_item|طلبت أزرق ووصلني أسود
wrong_item|هذا مو اللي طلبته
wrong_item|أرسلتم لي قطعة غير التي اخترتها
missing|ناقص قطعتين من الطلب
missing|وصلت حبة وحدة وأنا طالب ثنتين
missing|لم أجد الكابل داخل العلبة
not_working|الجهاز خربان ما يشتغل
not_working|السماعة اليمين ما فيها صوت
not_working|ضغطت على الزر ولا يستجيب
quality|الخامة رديئة والخياطة مفكوكة
quality|جودتها تعبانة جدا
not_as_described|المنتج مختلف عن اللي بالصورة
not_as_described|مكتوب جلد وطلع بلاستيك
counterfeit|هذا مو أصلي واضح أنه تقليد
size|طلع صغير علي
size|أي مقاس يناسب طول 175؟
exchange|أبي أبدله بمقاس أكبر
exchange|ممكن تبدلون لي القطعة؟
return|أريد أن أرجع المنتج
return|كيف طريقة الاسترجاع؟
refund_status|متى ترجع فلوسي؟
refund_status|لحد الآن ما رجع المبلغ على بطاقتي
repair|هل يمكن إصلاحه عندكم؟
warranty|كم مدة الضمان؟
case|سأرفع شكوى لدى باي بال
case|راح أفتح نزاع إذا ما رديتوا
no_answer|ليش ما تردون على رسائلي؟
complaint|أسوأ متجر تعاملت معه
complaint|خدمة زفت وما أنصح فيكم
thanks|وصل الطلب الله يعطيكم العافية
thanks|تسلمون ما قصرتوا
stop|لا ترسلوا لي رسائل بعد اليوم
cancel|أبغى ألغي الطلب
cancel|كنسلوا طلبي لو سمحتوا
change_mind|ما عاد أبيه
change_mind|طلبته بالغلط
address|كتبت رقم الشقة غلط
address|ممكن أغير عنوان التوصيل؟
duty|طلبوا مني جمارك 50 ريال
customs_documents|الجمارك طلبت فاتورة لفك الشحنة
discount|فيه كود خصم؟
discount|لو أخذت حبتين تنزلون السعر؟
bulk|أحتاج 100 حبة لمحلي
price|كم ثمن الساعة؟
stock|متى يرجع اللون الأبيض؟
stock|هل عندكم منه الآن؟
shipping_question|توصلون للكويت؟
shipping_question|كم رسوم التوصيل إلى دبي؟
usage|كيف أوصلها بالجوال؟
usage|ما عرفت أركبه
payment|انخصم مني المبلغ مرتين
payment|البطاقة ما قبلت
invoice|أحتاج فاتورة باسم الشركة
product_question|هل هي مقاومة للماء؟
product_question|من إيش مصنوعة؟
where_is_it|طلبت من شهر ولحد الحين في الطريق، وين صاير؟
where_is_it|رقم التتبع لا يعطي أي معلومات
not_received|انتهت المدة ولم أستلم أي شيء
delivered_not_received|شركة الشحن تقول تم التسليم وأنا لم أستلمه
damaged|انكسر غطاء الإبريق في الطريق
wrong_item|اخترت المقاس الكبير وأرسلتم الصغير
missing|الطلب ناقص البراغي
not_working|من أول يوم والجهاز لا يشتغل
quality|القماش خفيف والخياطة سيئة
not_as_described|اللون في الصورة أحمر والذي وصل بني
size|الحذاء ضيق على قدمي
exchange|هل يمكن تبديله بلون آخر؟
return|ما هي خطوات إرجاع المنتج؟
refund_status|وافقتم على الاسترداد ولم يصل المبلغ إلى حسابي
warranty|هل الجهاز عليه ضمان؟
case|إذا لم تحلوا المشكلة سأفتح نزاعا
no_answer|أرسلت لكم ثلاث رسائل ولم تردوا
complaint|تجربة سيئة جدا ولن أشتري منكم مرة أخرى
thanks|وصلت القطعة وهي رائعة، شكرا لكم
stop|أوقفوا إرسال العروض لي
cancel|رجاء إلغاء الطلب قبل الشحن
change_mind|اشتريته بالخطأ ولا أحتاجه
address|أريد تعديل عنوان الشحن
duty|المندوب طلب مني رسوما جمركية
discount|هل هناك خصم للكمية؟
bulk|أريد شراء كمية كبيرة للبيع
price|كم سعر القطعة الواحدة؟
stock|هل اللون الأخضر متوفر؟
shipping_question|هل تشحنون إلى المغرب؟
usage|كيف يتم تشغيل الجهاز أول مرة؟
payment|دفعت ولم يظهر الطلب
invoice|هل ترسلون فاتورة مع الطلب؟
product_question|هل المنتج متوافق مع آيفون 15؟
where_is_it|هل يمكن معرفة مكان الشحنة الآن؟
not_received|كان المفروض يوصل قبل العيد وما وصل
delivered_not_received|وصلتني رسالة أنه تم التوصيل ولا يوجد شيء عند الباب
damaged|الكرتون مفتوح والصحن مكسور
wrong_item|جاءني مقاس مختلف عن طلبي
missing|استلمت طرد واحد والباقي لا
not_working|الساعة لا تشحن أبدا
quality|تمزق بعد أول غسلة
not_as_described|الصور جميلة والواقع شيء آخر
size|المقاس أكبر مما توقعت
exchange|أود استبدال القطعة المعيبة
return|أريد إعادة الحذاء
refund_status|متى سأستعيد نقودي؟
case|سأشتكي عليكم لدى المنصة
no_answer|لا أحد يجيب على رسائلي
complaint|أنا مستاءة جدا من التعامل
thanks|شكرا على سرعة التوصيل
cancel|من فضلكم أوقفوا طلبي
address|العنوان المكتوب قديم وأريد تغييره
discount|هل من تخفيض لو اشتريت ثلاثة؟
shipping_question|بكم الشحن لمدينة الدمام؟
usage|الدليل بالصينية، كيف أستخدمه؟
payment|خصمتم مني مرتين
product_question|هل يتحمل غسالة الصحون؟
where_is_it|kargom nerede kaldı acaba
where_is_it|üç gündür kargo hareket etmiyor
where_is_it|siparişim ne zaman elime ulaşır
where_is_it|hala kargoya vermediniz mi
not_received|bir ay oldu hâlâ gelmedi
not_received|paket elime ulaşmadı
delivered_not_received|teslim edildi diye görünüyor ama bana gelen bir şey yok
delivered_not_received|kargo teslim edilmiş ama ben almadım
damaged|bardak kırılmış halde geldi
damaged|ekranın köşesi çatlamış
damaged|kutu ezik geldi ürün hasar görmüş
wrong_item|mavi istedim siyah gönderdiniz
wrong_item|bu benim siparişim değil
wrong_item|gelen ürün sipariş ettiğimle aynı değil
missing|iki tane almıştım bir tane geldi
missing|kablo kutudan çıkmadı
missing|vidalardan dördü yok
not_working|düğmeye basıyorum tepki vermiyor
not_working|sağ kulaklıktan ses yok
not_working|cihaz açılmadı
quality|malzemesi çok kötü, ilk yıkamada soldu
quality|dikişi söküldü
not_as_described|resimdekiyle alakası yok
not_as_described|deri yazıyor ama plastik çıktı
counterfeit|bu ürün orjinal değil, çakma
size|bana küçük oldu
size|175 boyundayım kaç beden almalıyım
exchange|bir büyük bedenle değiştirmek istiyorum
exchange|yenisiyle değiştirir misiniz
return|geri göndermek istiyorum
return|iade kodu alabilir miyim
refund_status|param hâlâ hesabıma yatmadı
refund_status|iade ücretim ne zaman yatar
repair|tamir ettirmek mümkün mü
warranty|kaç yıl garantisi var
case|tüketici hakem heyetine başvuracağım
case|bankadan harcama itirazı yaptım
no_answer|neden mesajlarıma cevap vermiyorsunuz
complaint|hayatımda gördüğüm en kötü satıcı
complaint|bir daha asla almam, pişman oldum
thanks|ürün elime ulaştı çok beğendim teşekkürler
thanks|ilginiz için sağolun
stop|bana bir daha mesaj göndermeyin
cancel|siparişimi iptal eder misiniz
change_mind|almaktan vazgeçtim
change_mind|yanlışlıkla iki tane almışım
address|daire numarasını yazmayı unuttum
address|teslimat adresini değiştirebilir miyiz
duty|gümrükte benden 500 lira istediler
customs_documents|gümrük benden fatura istiyor
discount|iki tane alırsam fiyat düşer mi
bulk|mağazam için 100 adet lazım
price|saat kaça acaba
price|fiyatı ne
stock|beyazı ne zaman gelir
stock|elinizde var mı
shipping_question|almanyaya gönderim yapıyor musunuz
shipping_question|kargo kaç lira
usage|telefona nasıl bağlanıyor
usage|montajını yapamadım
payment|kartımdan iki defa para çekilmiş
payment|ödeme yapamıyorum
invoice|şirket adına fatura kesebilir misiniz
product_question|su geçirir mi
product_question|hangi kumaştan yapılmış
where_is_it|paketim hangi aşamada, bir haftadır bilgi yok
where_is_it|siparişim yola çıktı mı
not_received|aradan üç hafta geçti ürün hâlâ elime geçmedi
delivered_not_received|sistemde teslim edildi görünüyor fakat evde kimse paket almadı
damaged|vazonun ağzı kırık çıktı
wrong_item|L beden istedim S beden geldi
missing|paketin içinden şarj kablosu çıkmadı
not_working|fişe takıyorum ama çalışmıyor
quality|kumaşı çok ince ve kalitesiz
not_as_described|fotoğrafta parlak görünüyordu, gelen mat
size|ayakkabı ayağımı sıkıyor, dar
exchange|başka renkle değiştirmek istiyorum
return|ürünü iade etmek istiyorum nasıl yapacağım
refund_status|iademi onayladınız ama para hesabıma geçmedi
warranty|bu ürünün garantisi var mı
case|çözmezseniz tüketici haklarına şikayet edeceğim
no_answer|üç mesaj attım hiç cevap vermediniz
complaint|çok kötü bir deneyimdi, bir daha alışveriş yapmam
thanks|paket geldi, her şey harika, teşekkürler
stop|lütfen bana kampanya mesajı göndermeyin
cancel|kargolanmadan siparişi iptal edin lütfen
change_mind|fikrim değişti, artık istemiyorum
address|adresi yanlış girmişim, düzeltebilir misiniz
duty|gümrük vergisi ödememi istiyorlar
discount|ikinci ürüne indirim yapar mısınız
bulk|toptan fiyat alabilir miyim
price|bunun fiyatı ne kadar
stock|kırmızı renk stokta var mı
shipping_question|kıbrısa kargo gönderiyor musunuz
usage|ürünü nasıl kuracağım
payment|ödeme yaptım ama sipariş oluşmadı
invoice|faturayı mail atabilir misiniz
product_question|iphone 15 ile uyumlu mu
where_is_it|kargo takibi beş gündür güncellenmedi
not_received|siparişim hâlâ elime ulaşmış değil
delivered_not_received|teslim edildi mesajı geldi ama kargo bende değil
damaged|fincanın kulpu kopmuş
wrong_item|siyah yerine kahverengi yollamışsınız
missing|sette dört bardak olmalı, üç bardak var
not_working|bluetooth telefona bağlanmıyor
quality|bir kere giydim dikişleri açıldı
not_as_described|ilanda pamuk yazıyor, gelen polyester
size|pantolon beli bol geldi
exchange|kırık olanı yenisiyle değiştirin
return|iade için adres verir misiniz
refund_status|paramın iadesi ne oldu
case|bankaya başvurup ödemeyi geri çekeceğim
no_answer|mesajlarıma dönüş yapmıyorsunuz
complaint|bu nasıl bir hizmet, rezillik
cancel|yanlış renk seçtim siparişimi iptal etmek istiyorum
address|taşındık, paketi yeni adresimize gönderir misiniz
discount|öğrenciye indirim var mı
shipping_question|izmire kaç günde gelir
usage|türkçe kullanma kılavuzu var mı
payment|kartımdan iki kere para çekildi
product_question|bulaşık makinesinde yıkanır mı
`

func TestIntentsInArabicAndTurkish(t *testing.T) {
	for line := range strings.SplitSeq(strings.TrimSpace(wishesArabicTurkish), "\n") {
		want, text, _ := strings.Cut(line, "|")
		found := IntentsOf(text)
		if len(found) == 0 || found[0].ID != want {
			t.Errorf("%q wants %s; found %v", text, want, found)
		}
	}
	for _, text := range []string{"نعم", "مرحبا", "حسنا", "صباح الخير", "evet", "merhaba", "tamam", "iyi günler"} {
		if found := IntentsOf(text); len(found) > 0 {
			t.Errorf("%q wants %v", text, found)
		}
	}
}
