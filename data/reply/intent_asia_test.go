package reply

import (
	"strings"
	"testing"
)

// Messages of Japanese and Korean buyers, with what they want first.
const wishesAsia = `
where_is_it|先月注文したランプがまだ来ないのですが、今どうなっていますか
where_is_it|発送はまだでしょうか。もう5日経ちました
where_is_it|追跡が3日前から動いていません
not_received|二週間待っても荷物が届きません
delivered_not_received|配達完了とメールが来ましたが、玄関にもポストにもありません
damaged|箱を開けたらグラスが2個割れてました
damaged|取っ手が折れた状態で届きました
wrong_item|青を頼んだのに黒が入っていました
wrong_item|注文していない商品が入っていました
missing|ネジが4本足りません
missing|2個注文したのに1個しか入っていませんでした
not_working|ボタンを押しても反応しません
not_working|充電しても電源がつきません
quality|縫い目がほつれていて作りが雑です
not_as_described|写真と色がまったく違います
size|思ったより小さくて履けませんでした
exchange|Lサイズに取り替えてもらえますか
return|気に入らないので返品したいです
refund_status|返金はいつ頃になりますか
cancel|さっきの注文を取り消したいです
address|部屋番号を書き忘れたので住所を直してもらえますか
duty|配達員に関税を2000円請求されました
discount|3個買ったら安くしてもらえますか
stock|赤はもう売り切れですか
shipping_question|沖縄まで送料はいくらですか
usage|アプリとの接続方法が分かりません
invoice|会社宛の領収書をいただけますか
payment|カードから2回引き落とされています
warranty|保証期間は何年ですか
complaint|何度連絡しても返事がなく、最悪の対応です
thanks|無事に届きました。ありがとうございました
stop|もうメッセージを送らないでください
counterfeit|これ偽物じゃないですか
change_mind|間違えて2つ注文してしまいました
price|この時計のお値段を教えてください
bulk|50個まとめて購入したいのですが卸価格はありますか
repair|壊れたところを修理してもらえますか
case|PayPalに異議申し立てをしました
where_is_it|荷物は今どのあたりでしょうか
where_is_it|クリスマスに間に合いますか。まだ動きがないようです
not_received|注文から一か月、いまだに届いておりません
delivered_not_received|配達済みなのに受け取っていません
damaged|フレームにヒビが入っています
damaged|瓶の中身が漏れて箱が濡れていました
wrong_item|シャツが届きましたが頼んだのはパーカーです
missing|付属のケーブルが見当たりません
not_working|右のイヤホンから音が聞こえません
quality|一回洗っただけで色落ちしました
not_as_described|革だと書いてあったのに合皮でした
size|Mでも袖が長くて大きすぎます
exchange|新しいのと交換してほしい
return|使っていないので返したいのですが
refund_status|返品したのにお金が戻ってきていません
cancel|キャンセルをお願いします
address|郵便番号が古いままでした。変更できますか
discount|もう少しお安くなりませんか
usage|フィルターの交換方法を教えてください
invoice|インボイス番号入りの請求書が必要です
payment|支払いがエラーになります
complaint|サポートの態度が悪く腹が立ちます
thanks|とても気に入りました、感謝しています
where_is_it|지난달에 주문한 램프가 아직 안 왔는데 어떻게 된 건가요?
where_is_it|발송 아직인가요? 벌써 5일 지났어요
where_is_it|배송 조회가 3일째 그대로예요
not_received|2주가 지났는데 택배를 못 받았어요
delivered_not_received|배송완료라고 뜨는데 문 앞에도 없어요
damaged|열어 보니 유리잔 두 개가 깨져 있네요
damaged|손잡이가 부러진 채로 왔어요
wrong_item|파란색 주문했는데 검은색이 왔어요
wrong_item|주문하지 않은 물건이 들어 있었어요
missing|나사가 네 개 모자라요
missing|두 개 주문했는데 한 개만 들어 있었어요
not_working|버튼을 눌러도 반응이 없어요
not_working|충전해도 전원이 안 켜집니다
quality|바느질이 엉망이고 실밥이 다 나와 있어요
not_as_described|사진이랑 색이 완전 달라요
size|생각보다 작아서 발이 안 들어가요
exchange|L 사이즈로 바꿔 주실 수 있나요?
return|마음에 안 들어서 반품하고 싶어요
refund_status|환불은 언제 되나요?
cancel|방금 한 주문 취소하고 싶어요
address|동호수를 안 적었어요 주소 좀 고쳐 주세요
duty|기사님이 관세 2만원 내라고 하셨어요
discount|세 개 사면 깎아 주시나요?
stock|빨간색은 품절인가요?
shipping_question|제주도까지 배송비가 얼마예요?
usage|앱이랑 연결하는 방법을 모르겠어요
invoice|회사 이름으로 세금계산서 발행되나요?
payment|카드에서 두 번 결제됐어요
warranty|보증 기간이 몇 년인가요?
no_answer|몇 번을 연락해도 답이 없고 최악이네요
thanks|잘 받았습니다. 감사합니다
stop|이제 메시지 보내지 마세요
counterfeit|이거 짝퉁 아닌가요?
change_mind|실수로 두 개 주문했어요
price|이 시계 얼마예요?
bulk|50개 대량 구매하려는데 도매가 있나요?
repair|고장 난 부분 수리 가능한가요?
case|페이팔에 분쟁 신청했습니다
where_is_it|택배 지금 어디쯤인가요
where_is_it|크리스마스 전에 받을 수 있을까요? 움직임이 없네요
not_received|주문한 지 한 달인데 아직도 도착을 안 했어요
delivered_not_received|배송 완료인데 받은 게 없습니다
damaged|액자에 금이 갔어요
damaged|병이 새서 상자가 젖었어요
wrong_item|셔츠가 왔는데 제가 시킨 건 후드예요
missing|같이 오는 케이블이 안 보여요
not_working|오른쪽 이어폰에서 소리가 안 나요
quality|한 번 빨았는데 물이 다 빠졌어요
not_as_described|가죽이라고 적혀 있었는데 인조가죽이네요
size|M인데도 소매가 길고 너무 커요
exchange|새 제품으로 교환해 주세요
return|안 썼으니 돌려보내고 싶은데요
refund_status|반품했는데 돈이 아직 안 들어왔어요
cancel|취소 부탁드립니다
address|우편번호가 예전 거예요. 바꿀 수 있나요
discount|조금만 더 싸게 안 될까요
usage|필터 교체 방법 알려 주세요
invoice|사업자용 계산서가 필요합니다
payment|결제가 오류 나요
complaint|상담원 태도가 나빠서 화가 납니다
thanks|정말 마음에 들어요, 고맙습니다
`

func TestIntentsInJapaneseAndKorean(t *testing.T) {
	for line := range strings.SplitSeq(strings.TrimSpace(wishesAsia), "\n") {
		want, text, _ := strings.Cut(line, "|")
		found := IntentsOf(text)
		if len(found) == 0 || found[0].ID != want {
			t.Errorf("%q wants %s; found %v", text, want, found)
		}
	}
	for _, text := range []string{"はい", "こんにちは", "了解です", "네", "안녕하세요", "알겠습니다"} {
		if found := IntentsOf(text); len(found) > 0 {
			t.Errorf("%q wants %v", text, found)
		}
	}
}
