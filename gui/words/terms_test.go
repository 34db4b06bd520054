package words_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/gui/words"
)

// unwanted are, by language, words for which CONTRIBUTING has another one, each
// with that word.
var unwanted = map[string]map[string]string{
	words.English: {
		"put off": "snooze", "let pass": "dismiss", "policy pack": "rule pack", "bind the bundle": "create the bundle", "does not do": "does not fit",
		"all the same": "anyway", "look whether": "check whether", "write down": "record", "cancelled": "canceled", "colour": "color", "favour": "favor",
		"without a fight": "without contesting",
	},
	words.Simplified: {
		"承运商": "物流商", "快递公司": "物流商", "运单号": "物流单号", "证物": "证据", "件证据": "份证据", "栏位": "字段", "裁定": "裁决", "签收证明": "妥投证明", "签收扫描": "妥投记录",
		"签收记录": "妥投记录", "妥投扫描": "妥投记录", "物流节点": "物流记录", "经手记录": "保管链记录", "个人资料": "个人信息", "争议金额": "纠纷金额", "战绩": "胜败记录", "任务": "待办", "货不对板": "货不对版", "开启时间": "提起时间", "开启纠纷": "提起纠纷", "纠纷开启": "纠纷提起", "个纠纷": "起纠纷", "件纠纷": "起纠纷", "纠纷提起率": "纠纷率",
	},
	words.Traditional: {
		"糾紛": "爭議", "拒付": "退單", "商店": "店鋪", "訂單號": "訂單編號", "運單號": "追蹤號碼", "物流單號": "追蹤號碼", "承運商": "物流業者", "物流商": "物流業者", "幣種": "幣別", "星級": "星等",
		"時間線": "時間軸", "品管": "品檢", "列表": "清單", "欺詐": "詐欺", "詐騙": "詐欺", "錄入": "輸入", "發件人": "寄件者", "面單": "寄件標籤", "託運單": "寄件標籤", "攬收": "收件", "妥投": "送達",
		"郵編": "郵遞區號", "型別": "類型", "采用": "採用", "隻計": "只計", "稽核": "審核", "工作檯": "工作台", "工作臺": "工作台", "回收桶": "資源回收筒", "差評": "負評", "證物": "證據", "裁定": "裁決",
		"模板": "範本", "視頻": "影片", "軟件": "軟體", "默認": "預設", "信息": "資訊", "用戶": "使用者", "質量": "品質", "快遞": "物流業者", "短信": "簡訊", "渠道": "管道", "設置": "設定", "打印": "列印",
		"屏幕": "螢幕", "鼠標": "滑鼠", "菜單": "選單", "文檔": "文件", "導入": "匯入", "導出": "匯出", "賬": "帳", "添加": "新增", "字節": "位元組", "字段": "欄位", "界面": "介面", "接口": "介面",
		"內置": "內建", "自定義": "自訂", "分辨率": "解析度", "網絡": "網路", "搜索": "搜尋", "粘貼": "貼上", "張訂單": "筆訂單", "爭議開啟": "爭議提出", "提起爭議": "提出爭議", "個爭議": "件爭議", "起爭議": "件爭議", "爭議提起率": "爭議率",
	},
}

// One thing has one word on the screen and in a bundle, as the table in CONTRIBUTING
// tells.
func TestOneWordForOneThing(t *testing.T) {
	for language, list := range unwanted {
		names, err := fs.Glob(assets.FS, "lang/*"+language+".json")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(assets.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			one := map[string]string{}
			if err := json.Unmarshal(text, &one); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for key, said := range one {
				for word, better := range list {
					if strings.Contains(strings.ToLower(said), word) {
						t.Errorf("%s %s says %q for %q: %s", path.Base(name), key, word, better, said)
					}
				}
			}
		}
	}
}
