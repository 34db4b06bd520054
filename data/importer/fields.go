package importer

// Field names what a column feeds.
type Field string

// The fields of an order. A row may feed the order, one item and one parcel.
const (
	FieldNumber        Field = "number"
	FieldStatus        Field = "status"
	FieldTotal         Field = "total"
	FieldCurrency      Field = "currency"
	FieldShipping      Field = "shipping"
	FieldRefunded      Field = "refunded"
	FieldLeft          Field = "adjusted_total" // the total less what went back; empty or 0: nothing is said
	FieldPaymentMethod Field = "payment_method"
	FieldPaymentRef    Field = "payment_ref"
	FieldOrderedAt     Field = "ordered_at"
	FieldOrderedTime   Field = "ordered_time" // the time of day, where it has a column of its own
	FieldZone          Field = "zone"         // zone of all times in the row
	FieldPaidAt        Field = "paid_at"
	FieldShipBy        Field = "ship_by"
	FieldShippedAt     Field = "shipped_at"
	FieldDeliveredAt   Field = "delivered_at"
	FieldSourceTime    Field = "source_time" // when the platform last changed the order
	FieldBuyerHandle   Field = "buyer_handle"
	FieldBuyerName     Field = "buyer_name"
	FieldBuyerLastName Field = "buyer_last_name" // where the name has two columns
	FieldBuyerEmail    Field = "buyer_email"
	FieldBuyerPhone    Field = "buyer_phone"
	FieldBuyerCountry  Field = "buyer_country"
	FieldBuyerNote     Field = "buyer_note"
	FieldSellerNote    Field = "seller_note"
	FieldShipName      Field = "ship_name"
	FieldShipLine1     Field = "ship_line1"
	FieldShipLine2     Field = "ship_line2"
	FieldShipLine3     Field = "ship_line3"
	FieldShipCity      Field = "ship_city"
	FieldShipState     Field = "ship_state"
	FieldShipPostcode  Field = "ship_postcode"
	FieldShipCountry   Field = "ship_country"
	FieldShipPhone     Field = "ship_phone"
	FieldItemID        Field = "item_id" // the platform's id of the line in the order
	FieldItemSKU       Field = "item_sku"
	FieldItemTitle     Field = "item_title"
	FieldItemVariation Field = "item_variation"
	FieldItemQuantity  Field = "item_quantity"
	FieldItemPrice     Field = "item_price"
	FieldItems         Field = "items" // several items in one cell, see Preset.Packed
	FieldCarrier       Field = "carrier"
	FieldService       Field = "service"
	FieldTracking      Field = "tracking"
	FieldParcels       Field = "parcels"   // "carrier:number", one a line
	FieldReference     Field = "reference" // the payment that a refund or item row is about
	FieldLineID        Field = "line_id"   // the platform's id of the row, where a line of an order has several

	FieldDeliverBy  Field = "deliver_by"  // the last date on which delivery was promised to the buyer
	FieldPromisedAt Field = "promised_at" // the same of one parcel
)

// The fields of what became of an order; what words of other columns say of it is in
// Preset.Fate.
const (
	FieldCanceledAt     Field = "canceled_at"
	FieldCanceledBy     Field = "canceled_by"
	FieldCancelReason   Field = "cancel_reason"
	FieldConfirmedAt    Field = "confirmed_at"     // receipt was confirmed
	FieldConfirmedHow   Field = "confirmed_how"    // by the buyer or by time-out
	FieldFulfilledBy    Field = "fulfilled_by"     // who ships it
	FieldTrackingToldAt Field = "tracking_told_at" // when the tracking number was given to the platform
	FieldReturnReason   Field = "return_reason"
)

// The fields of an order's payment; what words of other columns say of it is in
// Preset.Payment.
const (
	FieldPayer        Field = "payer"         // name of who paid
	FieldHolder       Field = "holder"        // name on the account that was paid from
	FieldPayerEmail   Field = "payer_email"   // with which the payer is registered at the service
	FieldPayerCountry Field = "payer_country" // of the payment account or card
	FieldIP           Field = "ip"            // from which it was ordered
	FieldIPCountry    Field = "ip_country"

	// The address in the transaction's details.
	FieldPayName     Field = "pay_name"
	FieldPayLine1    Field = "pay_line1"
	FieldPayLine2    Field = "pay_line2"
	FieldPayCity     Field = "pay_city"
	FieldPayState    Field = "pay_state"
	FieldPayPostcode Field = "pay_postcode"
	FieldPayCountry  Field = "pay_country"
	FieldPayPhone    Field = "pay_phone"

	// The billing address.
	FieldBillName     Field = "bill_name"
	FieldBillLine1    Field = "bill_line1"
	FieldBillLine2    Field = "bill_line2"
	FieldBillLine3    Field = "bill_line3"
	FieldBillCity     Field = "bill_city"
	FieldBillState    Field = "bill_state"
	FieldBillPostcode Field = "bill_postcode"
	FieldBillCountry  Field = "bill_country"
	FieldBillPhone    Field = "bill_phone"
)

// The fields of feedback and messages, beside FieldNumber and FieldBuyerHandle.
const (
	FieldID        Field = "id" // the platform's id of the feedback or message
	FieldStars     Field = "stars"
	FieldText      Field = "text"
	FieldAt        Field = "at"
	FieldLanguage  Field = "language"
	FieldReply     Field = "reply"
	FieldRepliedAt Field = "replied_at"
	FieldDirection Field = "direction"
	FieldAuthor    Field = "author"
	FieldChannel   Field = "channel"

	FieldTranslation     Field = "translation"
	FieldTranslationLang Field = "translation_language"
	FieldTranslator      Field = "translator" // a person or a service
)

// More fields of feedback.
const (
	FieldStarsDescription   Field = "stars_description" // detailed ratings
	FieldStarsCommunication Field = "stars_communication"
	FieldStarsShippingTime  Field = "stars_shipping_time"
	FieldStarsShippingCost  Field = "stars_shipping_cost"
	FieldProduct            Field = "product"    // SKU or title that it is about
	FieldRemovedAt          Field = "removed_at" // the platform removed it
	FieldSide               Field = "side"       // whether a buyer left it, or the shop for a buyer
)

// The fields of a dispute, beside FieldNumber, FieldPaymentRef, FieldCurrency,
// FieldStatus, FieldZone, FieldSourceTime and those of the buyer.
const (
	FieldCaseNumber Field = "case_number"
	FieldOtherRef   Field = "other_ref" // another reference of the same payment
	FieldKind       Field = "kind"      // inquiry, claim, chargeback ...
	FieldReason     Field = "reason"
	FieldAmount     Field = "amount" // what is disputed
	FieldOpenedAt   Field = "opened_at"
	FieldDue        Field = "due" // by when the platform wants an answer
	FieldClosedAt   Field = "closed_at"
	FieldOutcome    Field = "outcome"
	FieldLiable     Field = "liable" // who was found liable
	FieldRuling     Field = "ruling" // why it was decided so
	FieldClaim      Field = "claim"  // the buyer's own words
	FieldProtection Field = "seller_protection"
)

// The fields of a carrier's table, beside FieldNumber, FieldOtherRef, FieldTracking,
// FieldCarrier, FieldService, FieldShipCountry, FieldStatus, FieldZone, FieldAt and
// FieldText of the newest scan, and the dates of a parcel.
const (
	FieldOtherTracking Field = "other_tracking" // a second number of the parcel, as of the carrier that delivers it
	FieldPlace         Field = "place"          // of the newest scan
	FieldHistory       Field = "history"        // all scans in one cell, one a line
	FieldSignedBy      Field = "signed_by"
)

// The fields of a file of listings. Each column that is named feeds its field: texts
// stand below each other, addresses of pictures are counted.
const (
	FieldSKU           Field = "sku"
	FieldGroup         Field = "group"  // what the rows of one listing share
	FieldParent        Field = "parent" // of a variant: the SKU of its product, or "id:" and its FieldGroup
	FieldListingID     Field = "listing_id"
	FieldTitle         Field = "title"
	FieldDescription   Field = "description"
	FieldOptionName    Field = "option_name" // size, color; beside FieldOption in the same order
	FieldOption        Field = "option"
	FieldSizes         Field = "sizes"
	FieldPictures      Field = "pictures" // addresses, or how many
	FieldShippingTerms Field = "shipping_terms"
	FieldDuty          Field = "duty"
	FieldReturns       Field = "returns"
	FieldHours         Field = "service_hours"
	FieldSupplier      Field = "supplier"
)

// The fields of a list of costs, beside FieldSKU, FieldTitle, FieldNumber, FieldCurrency
// and FieldAt, from which a cost counts.
const (
	FieldUnitCost    Field = "unit_cost"
	FieldPostageCost Field = "postage_cost"
	FieldFees        Field = "fees"
)

var targetFields = map[Target][]Field{
	TargetOrders: {
		FieldNumber, FieldStatus, FieldOrderedAt, FieldOrderedTime, FieldZone, FieldPaidAt, FieldShipBy, FieldShippedAt,
		FieldDeliveredAt, FieldSourceTime, FieldTotal, FieldCurrency, FieldShipping, FieldRefunded, FieldLeft, FieldPaymentMethod,
		FieldPaymentRef, FieldReference, FieldLineID, FieldBuyerHandle, FieldBuyerName, FieldBuyerLastName, FieldBuyerEmail,
		FieldBuyerPhone, FieldBuyerCountry, FieldLanguage, FieldBuyerNote, FieldSellerNote, FieldShipName, FieldShipLine1, FieldShipLine2,
		FieldShipLine3, FieldShipCity, FieldShipState, FieldShipPostcode, FieldShipCountry, FieldShipPhone, FieldItemID,
		FieldItemSKU, FieldItemTitle, FieldItemVariation, FieldItemQuantity, FieldItemPrice, FieldItems, FieldCarrier,
		FieldService, FieldTracking, FieldParcels, FieldDeliverBy, FieldPromisedAt,
		FieldCanceledAt, FieldCanceledBy, FieldCancelReason, FieldConfirmedAt, FieldConfirmedHow, FieldFulfilledBy, FieldTrackingToldAt, FieldReturnReason,
		FieldPayer, FieldHolder, FieldPayerEmail, FieldPayerCountry, FieldIP, FieldIPCountry,
		FieldPayName, FieldPayLine1, FieldPayLine2, FieldPayCity, FieldPayState, FieldPayPostcode, FieldPayCountry, FieldPayPhone,
		FieldBillName, FieldBillLine1, FieldBillLine2, FieldBillLine3, FieldBillCity, FieldBillState, FieldBillPostcode, FieldBillCountry,
		FieldBillPhone,
	},
	TargetDisputes: {
		FieldCaseNumber, FieldNumber, FieldPaymentRef, FieldOtherRef, FieldKind, FieldReason, FieldOpenedAt, FieldDue,
		FieldStatus, FieldAmount, FieldCurrency, FieldClaim, FieldClosedAt, FieldOutcome, FieldLiable, FieldRuling,
		FieldProtection, FieldSourceTime, FieldZone, FieldBuyerHandle, FieldBuyerName, FieldBuyerEmail,
	},
	TargetShipments: {
		FieldTracking, FieldOtherTracking, FieldNumber, FieldOtherRef, FieldCarrier, FieldService, FieldShipCountry, FieldShippedAt,
		FieldDeliveredAt, FieldPromisedAt, FieldStatus, FieldAt, FieldPlace, FieldText, FieldHistory, FieldSignedBy, FieldZone,
	},
	TargetProducts: {
		FieldSKU, FieldTitle, FieldDescription, FieldListingID, FieldGroup, FieldParent, FieldOptionName, FieldOption, FieldSizes, FieldPictures,
		FieldShippingTerms, FieldDuty, FieldReturns, FieldHours, FieldSupplier,
	},
	TargetCosts: {
		FieldSKU, FieldTitle, FieldUnitCost, FieldCurrency, FieldAt, FieldNumber, FieldPostageCost, FieldFees, FieldZone,
	},
	TargetFeedback: {
		FieldNumber, FieldID, FieldStars, FieldText, FieldAt, FieldZone, FieldBuyerHandle, FieldLanguage, FieldReply,
		FieldRepliedAt, FieldTranslation, FieldTranslator, FieldProduct, FieldStarsDescription, FieldStarsCommunication, FieldStarsShippingTime,
		FieldStarsShippingCost, FieldRemovedAt, FieldSide,
	},
	TargetMessages: {
		FieldNumber, FieldID, FieldAt, FieldZone, FieldDirection, FieldText, FieldAuthor, FieldChannel, FieldLanguage,
		FieldTranslation, FieldTranslationLang, FieldTranslator,
	},
}

// Fields lists the fields of a target in the order in which a choice shows
// them.
func Fields(target Target) []Field { return append([]Field(nil), targetFields[target]...) }

// Needed lists the fields that a mapping to the target must have. One to
// disputes must have FieldNumber or FieldPaymentRef besides.
func Needed(target Target) []Field {
	switch target {
	case TargetDisputes:
		return []Field{FieldOpenedAt}
	case TargetFeedback:
		return []Field{FieldStars}
	case TargetProducts:
		return []Field{FieldTitle}
	case TargetCosts:
		return nil // of several fields one; see wantsCosts
	case TargetShipments:
		return []Field{FieldTracking}
	case TargetMessages:
		return []Field{FieldNumber, FieldAt, FieldText}
	}
	return []Field{FieldNumber}
}
