package fit

import (
	"fmt"
	"testing"

	"casebinder/data"
)
func TestX(t *testing.T){ ps,err:=Profiles(); fmt.Println(len(ps),err); fmt.Println(Suggest(data.EBay,"ebay-payment-dispute"),Suggest(data.PayPal,"paypal-claim"),Suggest("amex","amex"),Suggest(data.Shopify,""), Suggest("other","visa")) }
