package importer

import (
	"slices"
	"strings"

	"casebinder/data"
)

// common are headers that shops use for their own tables, beside those of the
// presets.
var common = map[Field][]string{
	FieldNumber: {
		"Order", "Order No", "Order No.", "Order Number", "Order ID", "Order #", "OrderID", "OrderNo", "Order Reference",
		"订单", "订单号", "订单编号", "訂單編號", "訂單號碼", "Bestellnummer", "Bestell-Nr.", "Numéro de commande", "Número de pedido",
		"Номер заказа", "注文番号",
	},
	FieldStatus:             {"Status", "Order Status", "State", "订单状态", "訂單狀態", "状态"},
	FieldOrderedAt:          {"Date", "Order Date", "Ordered", "Ordered At", "Created", "Created At", "Purchase Date", "下单时间", "下單時間", "日期", "Datum", "注文日"},
	FieldPaidAt:             {"Paid", "Paid At", "Payment Date", "付款时间", "付款時間"},
	FieldShippedAt:          {"Shipped", "Shipped At", "Ship Date", "Dispatch Date", "发货时间", "發貨時間"},
	FieldShipBy:             {"Ship By", "Dispatch By", "Latest Ship Date", "发货期限"},
	FieldTotal:              {"Total", "Amount", "Order Total", "Grand Total", "Total Price", "订单金额", "訂單金額", "总金额", "Summe", "Betrag"},
	FieldCurrency:           {"Currency", "Currency Code", "币种", "幣別", "Währung"},
	FieldShipping:           {"Shipping", "Postage", "Shipping Fee", "Shipping Cost", "运费", "運費", "Versand"},
	FieldBuyerHandle:        {"Buyer", "Buyer ID", "Username", "User ID", "买家ID", "買家帳號"},
	FieldBuyerName:          {"Name", "Customer", "Customer Name", "Buyer Name", "买家", "买家名称", "買家", "客户", "Kunde", "Käufer", "Client", "Cliente"},
	FieldBuyerEmail:         {"Email", "E-mail", "Email Address", "邮箱", "电子邮箱", "電子郵件"},
	FieldBuyerPhone:         {"Phone", "Telephone", "Mobile", "电话", "手机", "電話"},
	FieldShipName:           {"Recipient", "Ship To", "Receiver", "收货人", "收件人"},
	FieldShipLine1:          {"Address", "Address 1", "Address Line 1", "Street", "地址"},
	FieldShipLine2:          {"Address 2", "Address Line 2"},
	FieldShipCity:           {"City", "Town", "城市", "Ort"},
	FieldShipState:          {"State/Province", "Province", "Region", "省", "州"},
	FieldShipPostcode:       {"Zip", "Zip Code", "Postcode", "Postal Code", "邮编", "郵遞區號", "PLZ"},
	FieldShipCountry:        {"Country", "Country Code", "国家", "國家", "Land"},
	FieldItemTitle:          {"Item", "Product", "Product Name", "Item Title", "Title", "商品", "商品名称", "商品名稱", "产品", "Artikel"},
	FieldItemSKU:            {"SKU", "Item SKU", "Code", "商品编码", "货号"},
	FieldItemQuantity:       {"Quantity", "Qty", "数量", "數量", "Menge", "Anzahl"},
	FieldItemPrice:          {"Price", "Unit Price", "Item Price", "单价", "單價", "Preis"},
	FieldItemVariation:      {"Variation", "Variant", "规格", "規格"},
	FieldTracking:           {"Tracking", "Tracking Number", "Tracking No.", "Tracking ID", "运单号", "物流单号", "追蹤號碼"},
	FieldCarrier:            {"Carrier", "Courier", "Shipping Provider", "物流公司", "物流商"},
	FieldBuyerNote:          {"Note", "Notes", "Buyer Note", "Message", "备注", "買家備註"},
	FieldPaymentRef:         {"Transaction ID", "Payment ID", "交易号"},
	FieldPaymentMethod:      {"Payment Method", "Payment", "付款方式"},
	FieldCanceledAt:         strings.Split(canceledHeaders, "|"),
	FieldCanceledBy:         {"Canceled By", "Cancelled By", "Cancel By", "取消方", "取消人"},
	FieldCancelReason:       {"Cancel Reason", "Cancellation Reason", "Reason for Cancellation", "取消原因"},
	FieldConfirmedAt:        {"Receipt Confirmed", "Confirmed At", "Received At", "确认收货时间", "確認收貨時間"},
	FieldConfirmedHow:       {"Confirmed By", "确认方式", "確認方式"},
	FieldFulfilledBy:        {"Fulfilled By", "Fulfillment Channel", "Fulfilment Channel", "Shipped By", "发货方", "出貨方"},
	FieldTrackingToldAt:     {"Tracking Uploaded At", "Tracking Uploaded", "运单上传时间", "追蹤號碼上傳時間"},
	FieldReturnReason:       {"Return Reason", "退货原因", "退貨原因"},
	FieldStars:              {"Stars", "Rating", "Score", "Rate", "Feedback Rating", "评分", "星级", "評分", "Bewertung", "評価"},
	FieldText:               {"Text", "Comment", "Comments", "Feedback", "Review", "Message", "Body", "Content", "内容", "评价", "評價", "评论"},
	FieldAt:                 {"Date", "Time", "Left At", "Sent", "Sent At", "Created", "Date/Time", "日期", "时间", "時間"},
	FieldProduct:            {"Product", "Item", "Item Title", "SKU", "商品", "产品", "產品", "商品名称", "商品名稱"},
	FieldRemovedAt:          {"Removed", "Removed At", "Deleted At", "删除时间", "移除时间", "移除時間"},
	FieldSide:               {"Side", "Left By", "Feedback Type", "评价方向", "評價方向", "评价方", "評價方"},
	FieldReply:              {"Reply", "Response", "Your Response", "Seller Reply", "回复", "回覆"},
	FieldStarsDescription:   {"Item as Described", "Item as described", "Description Rating", "商品描述的准确性", "描述相符", "描述相符度"},
	FieldStarsCommunication: {"Communication", "Communication Rating", "沟通质量及回应速度", "沟通", "溝通"},
	FieldStarsShippingTime:  {"Shipping Speed", "Shipping Time", "Dispatch Time", "物品运送时间合理性", "物流速度", "出貨時間"},
	FieldStarsShippingCost:  {"Shipping Charges", "Postage and Packaging", "Shipping Cost Rating", "运费评分", "運費評分"},
	FieldDirection:          {"Direction", "In/Out", "方向"},
	FieldAuthor:             {"Author", "From", "Sender", "发件人", "寄件人"},
	FieldChannel:            {"Channel", "渠道"},
	FieldTranslation:        {"Translation", "Translated Text", "译文", "翻译", "譯文", "翻譯"},
	FieldTranslationLang:    {"Translation Language", "译文语言", "譯文語言"},
	FieldTranslator:         {"Translator", "Translated By", "译者", "譯者"},
	FieldLanguage:           {"Language", "语言", "語言"},
	FieldCaseNumber:         {"Case", "Case ID", "Case Number", "Dispute ID", "Claim ID", "Case No.", "纠纷编号", "案件编号", "案件編號"},
	FieldKind:               {"Type", "Case Type", "Kind", "Stage", "类型", "類型", "纠纷类型"},
	FieldReason:             {"Reason", "Reason Code", "Case Reason", "Dispute Reason", "原因", "纠纷原因", "糾紛原因"},
	FieldAmount:             {"Amount", "Disputed Amount", "Claim Amount", "Refund Amount", "金额", "纠纷金额", "退款金额", "金額"},
	FieldOpenedAt:           {"Opened", "Opened At", "Open Date", "Created", "Created At", "Date", "Filed", "开启时间", "发起时间", "開啟時間", "日期"},
	FieldDue:                {"Due", "Due Date", "Deadline", "Respond By", "Response Due", "截止时间", "响应截止时间", "截止時間"},
	FieldClosedAt:           {"Closed", "Closed At", "Resolved At", "Decided At", "关闭时间", "结束时间", "結束時間"},
	FieldOutcome:            {"Outcome", "Result", "Resolution", "结果", "裁决结果", "結果"},
	FieldLiable:             {"Liable", "Responsible", "责任方", "責任方"},
	FieldRuling:             {"Ruling", "Decision", "Adjudication Reason", "裁决原因", "裁決原因"},
	FieldClaim:              {"Claim", "Buyer Comments", "Buyer Comment", "Description", "Comment", "买家描述", "买家留言", "買家描述"},
	FieldSKU:                {"SKU", "Item SKU", "Custom label", "Product code", "Article", "货号", "貨號", "商品编码", "商品編碼", "商家编码"},
	FieldTitle:              {"Title", "Name", "Product name", "Item name", "标题", "标题名称", "標題", "商品名称", "商品名稱", "产品名称", "产品标题"},
	FieldDescription:        {"Description", "Body", "Details", "描述", "详情", "商品描述", "商品詳情"},
	FieldListingID:          {"Listing ID", "Item ID", "Product ID", "商品ID", "产品ID", "產品ID"},
	FieldPictures:           {"Pictures", "Images", "Image URL", "图片", "主图", "圖片"},
	FieldSizes:              {"Sizes", "Size", "尺码", "尺寸", "尺碼"},
	FieldSupplier:           {"Supplier", "供应商", "供應商"},
	FieldProtection:         {"Seller Protection", "卖家保护", "賣家保護"},
}

// guessColumns says what each column of an unknown file may be: by its name
// among the headers of all presets and of shops' own tables.
func guessColumns(h header, samples []*record, presets []*Preset, target Target) []Column {
	columns := sampleColumns(h, samples)
	for _, f := range targetFields[target] {
		names := slices.Clone(common[f])
		for _, p := range presets {
			if p.Target == target {
				names = append(names, p.Columns[f]...)
			}
		}
		for _, name := range names {
			if i := h.find(name); i >= 0 && columns[i].Field == "" {
				columns[i].Field = f
				break
			}
		}
	}
	return columns
}

// presetColumns says which field a preset feeds from each column.
func presetColumns(h header, samples []*record, p *Preset) []Column {
	columns := sampleColumns(h, samples)
	for _, f := range targetFields[p.Target] {
		found := []int{h.findAny(p.Columns[f])}
		if p.Target == TargetProducts {
			found = h.every(p.Columns[f])
		}
		for _, i := range found {
			if i >= 0 && columns[i].Field == "" {
				columns[i].Field = f
			}
		}
	}
	return columns
}

func sampleColumns(h header, samples []*record) []Column {
	columns := make([]Column, len(h.names))
	for i, name := range h.names {
		columns[i].Header = name
		for _, rec := range samples {
			v := strings.TrimSpace(rec.cell(i))
			if v != "" && len(columns[i].Samples) < 5 && !slices.Contains(columns[i].Samples, v) {
				columns[i].Samples = append(columns[i].Samples, v)
			}
		}
	}
	return columns
}

// Mapping makes a preset from the fields that a person gave to the columns.
// A field given twice is taken from the first column. One to disputes knows the
// words of the built-in preset for tables of disputes.
func Mapping(id, title string, target Target, columns []Column) (*Preset, error) {
	p := &Preset{
		ID: id, Title: title, Target: target, Confidence: ownConfidence, DayFirst: DayFirstAuto, Decimal: DecimalAuto,
		Columns: map[Field][]string{},
	}
	for _, c := range columns {
		if c.Field == "" || normal(c.Header) == "" || len(p.Columns[c.Field]) > 0 {
			continue
		}
		p.Columns[c.Field] = []string{c.Header}
		p.Require = append(p.Require, c.Header)
	}
	if target == TargetDisputes {
		plain, err := plainCases()
		if err != nil {
			return nil, err
		}
		p.Reasons, p.Kinds, p.Cases = plain.Reasons, plain.Kinds, slices.Clone(plain.Cases)
	}
	if target == TargetOrders {
		header := ""
		if of := p.Columns[FieldStatus]; len(of) > 0 {
			header = of[0]
		}
		rules, err := commonStatus(header)
		if err != nil {
			return nil, err
		}
		for _, canceled := range p.Columns[FieldCanceledAt] {
			rules = append([]StatusRule{{Header: canceled, Filled: true, Is: data.StatusCanceled}}, rules...)
		}
		p.Status = rules
	}
	if err := presetKind.Verify(title, nil, p); err != nil {
		return nil, err
	}
	return p, nil
}
