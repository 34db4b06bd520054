package importer

import (
	"fmt"
	"strings"
	"testing"
)

// readArticles reads a file of listings by the preset that its header names.
func readArticles(t *testing.T, text string) (string, []*Article, Summary) {
	t.Helper()
	src := NewSource("listings.csv", strings.NewReader(text), int64(len(text)))
	presets, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	in, err := InspectAs(t.Context(), src, presets, Layout{}, TargetProducts)
	if err != nil {
		t.Fatal(err)
	}
	if in.Preset == nil {
		t.Fatalf("no preset fits %q", strings.SplitN(text, "\n", 2)[0])
	}
	var list []*Article
	sum, err := Read(t.Context(), src, in, Options{}, Sink{Article: func(a *Article) error { list = append(list, a); return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return in.Preset.ID, list, sum
}

// told is what an article says, in a line.
func (a *Article) told() string {
	p := &a.Product
	var variants []string
	for _, v := range p.Variants {
		variants = append(variants, v.SKU+"="+v.Name)
	}
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s|%d", p.SKU, p.ExternalID, p.Title, p.Listing.Description, p.Listing.Sizes, strings.Join(variants, ","), p.Listing.Pictures)
}

// TestListingFiles: files as each platform writes them, with invented goods. Rows of
// variants and of pictures are one product, and a web page becomes its words.
func TestListingFiles(t *testing.T) {
	for _, c := range []struct {
		preset, text string
		want         []string
	}{
		{
			"ebay-listings",
			"Item number,Title,Variation details,Custom label (SKU),Available quantity,Format,Currency,Start price,Auction Buy It Now price,Reserve price,Current price,Sold quantity,Watchers,Bids,Start date,End date\n" +
				`"318000000001","Wool scarf","Color=Red;Blue|Size=S;M",,"4",FIXED_PRICE,USD,19.99,,,19.99,1,,,"Jun-29-26 16:00:01 PDT",` + "\n" +
				`"318000000001","Wool scarf","Color=Red|Size=S",SCARF-RS,"2",FIXED_PRICE,USD,19.99,,,19.99,1,,,,` + "\n" +
				`"318000000001","Wool scarf","Color=Blue|Size=M",SCARF-BM,"2",FIXED_PRICE,USD,21.99,,,21.99,0,,,,` + "\n" +
				`"318000000002","Desk lamp",,LAMP-9,"1",FIXED_PRICE,USD,9.99,,,9.99,0,,,,` + "\n",
			[]string{"SCARF-RS|318000000001|Wool scarf||S, M|SCARF-RS=Red / S,SCARF-BM=Blue / M|0", "LAMP-9|318000000002|Desk lamp||||0"},
		},
		{
			"ebay-file-exchange",
			"*Action(SiteID=US|Country=US|Currency=USD|Version=1193|CC=UTF-8),ItemID,CustomLabel,*Category,*Title,Relationship,RelationshipDetails,*Description,*ConditionID,PicURL,*Format,*StartPrice,*Quantity\n" +
				"Add,,SOCK,1,Socks,,\"Size=S;M\",\"<p>Warm socks.</p><script>alert(1)</script><ul><li>Wool</li></ul>\",1000,https://img.example.test/1.jpg|https://img.example.test/2.jpg,FixedPrice,,\n" +
				",,SOCK-S,,,Variation,Size=S,,,,,4.00,3\n" +
				",,SOCK-M,,,Variation,Size=M,,,,,4.00,3\n" +
				"Add,,CAP,1,Cap,,,A cap &amp; a pin,1000,https://img.example.test/3.jpg,FixedPrice,5.00,1\n",
			[]string{"SOCK||Socks|Warm socks.\n\n• Wool|S, M|SOCK-S=S,SOCK-M=M|2", "CAP||Cap|A cap & a pin|||1"},
		},
		{
			"amazon-listings",
			"item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\topen-date\timage-url\titem-is-marketplace\tproduct-id-type\titem-note\titem-condition\tasin1\tproduct-id\tfulfillment-channel\tstatus\n" +
				"Desk lamp\tBright. <br>Two years.\t0101ABCDEFG\tLAMP-9\t19.99\t4\t2022-05-31 17:21:53 PDT\t\ty\t1\t\t11\tB000000001\tB000000001\tDEFAULT\tActive\n",
			[]string{"LAMP-9|B000000001|Desk lamp|Bright.\nTwo years.|||0"},
		},
		{
			"shopify-products",
			"Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Price,Image Src,Image Position,Status\n" +
				"scarf,Scarf,<h2>Warm</h2><p>Wash at 30&deg;.</p>,Example Works,,Scarf,,TRUE,Size,S,Color,Red,,,SC-S,90,19.00,https://cdn.example.test/1.jpg,1,active\n" +
				"scarf,,,,,,,,,M,,Red,,,SC-M,95,19.00,https://cdn.example.test/2.jpg,2,\n" +
				"scarf,,,,,,,,,,,,,,,,,https://cdn.example.test/3.jpg,3,\n" +
				"mug,Mug,Plain,Example Works,,Mug,,TRUE,Title,Default Title,,,,,MUG,300,8.00,https://cdn.example.test/4.jpg,1,active\n",
			[]string{"SC-S||Scarf|Warm\n\nWash at 30°.|S, M|SC-S=S / Red,SC-M=M / Red|3", "MUG||Mug|Plain|||1"},
		},
		{
			"etsy-listings",
			"TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,IMAGE2,IMAGE3,VARIATION 1 TYPE,VARIATION 1 NAME,VARIATION 1 VALUES,VARIATION 2 TYPE,VARIATION 2 NAME,VARIATION 2 VALUES,SKU\n" +
				"Ring,\"A ring &quot;of&quot; copper.\nMade to order.\",6.15,GBP,3,ring,Copper,https://i.example.test/1.jpg,https://i.example.test/2.jpg,,Custom,Ring size,\"5,6,7\",,,,\"R-5,R-6,R-7\"\n" +
				"Card,A card.,2.00,GBP,3,card,,https://i.example.test/3.jpg,,,,,,,,,\n",
			[]string{"R-5||Ring|A ring \"of\" copper.\nMade to order.\nCopper|5, 6, 7|R-5=,R-6=,R-7=|2", "||Card|A card.|||1"},
		},
		{
			"woocommerce-products",
			"ID,Type,SKU,Name,Published,\"Is featured?\",\"Visibility in catalog\",\"Short description\",Description,\"Regular price\",Categories,Images,Parent,\"Attribute 1 name\",\"Attribute 1 value(s)\",\"Attribute 1 visible\"\n" +
				"45,variation,hoodie-red,\"Hoodie - Red\",1,0,visible,,,45,,https://w.example.test/red.jpg,id:44,Size,L,\n" +
				"44,variable,hoodie,Hoodie,1,0,visible,Soft.,\"Line one\\nLine two\",,Clothing,\"https://w.example.test/1.jpg, https://w.example.test/2.jpg\",,Size,\"L, XL\",1\n" +
				"46,variation,hoodie-blue,\"Hoodie - Blue\",1,0,visible,,,45,,,hoodie,Size,XL,\n" +
				"47,simple,cap,Cap,1,0,visible,,A cap,9,Clothing,,,,,\n",
			[]string{"hoodie||Hoodie|Soft.\nLine one\nLine two|L, XL|hoodie-red=L,hoodie-blue=XL|3", "cap||Cap|A cap|||0"},
		},
		{
			"products",
			"货号;商品名称;描述;规格;父SKU;图片;关税说明\nL-1;台灯;亮;;;3;关税由买家承担\nL-1-W;台灯 白;;白;L-1;;\n",
			[]string{"L-1||台灯|亮||L-1-W=白|3"},
		},
	} {
		preset, list, sum := readArticles(t, c.text)
		if preset != c.preset || sum.Rejected != 0 {
			t.Errorf("%s: read by %s, %d rows rejected", c.preset, preset, sum.Rejected)
		}
		if len(list) != len(c.want) {
			t.Errorf("%s: %d products, want %d", c.preset, len(list), len(c.want))
			continue
		}
		for i, want := range c.want {
			if got := list[i].told(); got != want {
				t.Errorf("%s:\n got %q\nwant %q", c.preset, got, want)
			}
		}
	}
}

// TestListingsKeepWhatNoFieldTakes: each column that no field takes stays with the
// product by its header, of several rows the first that says something.
func TestListingsKeepWhatNoFieldTakes(t *testing.T) {
	_, list, _ := readArticles(t, "Item number,Title,Variation details,Custom label (SKU),Condition,Condition\n1,Cap,Size=S,A,,Used\n1,Cap,Size=M,B,New,\n,,,,Worn,\n")
	if len(list) != 1 {
		t.Fatalf("%d products", len(list))
	}
	if got := fmt.Sprint(list[0].Product.Extra); got != "map[Condition:New Condition (2):Used]" {
		t.Errorf("kept %s", got)
	}
}

// FuzzListings: no file of listings stops the reader, and no product is without a name.
func FuzzListings(f *testing.F) {
	f.Add("Item number,Title,Variation details,Custom label (SKU)\n1,Cap,Size=S;M,\n1,Cap,Size=,A\n")
	f.Add("Handle,Title,Option1 Name,Option1 Value,Variant SKU,Body (HTML),Image Src\na,A,Size,S,1,<p>x,\na,,,M,2,,http://x\n")
	f.Add("ID,Type,SKU,Name,Short description,Regular price,Parent\n1,variation,a,A,,1,id:1\n2,variable,b,B,,1,b\n")
	f.Fuzz(func(t *testing.T, text string) {
		src := NewSource("listings.csv", strings.NewReader(text), int64(len(text)))
		presets, err := BuiltIn()
		if err != nil {
			t.Fatal(err)
		}
		in, err := InspectAs(t.Context(), src, presets, Layout{}, TargetProducts)
		if err != nil || in.Preset == nil {
			return
		}
		_, _ = Read(t.Context(), src, in, Options{}, Sink{Article: func(a *Article) error { // a file that cannot be read on says so
			if a.Product.Name() == "" {
				t.Fatal("a product without a name was given")
			}
			return nil
		}})
	})
}
