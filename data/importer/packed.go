package importer

// packedAliExpress is the form of a cell that holds several items:
// "【1】title\n(产品属性:...)\n(商家编码:...)【2】...".
const packedAliExpress = "aliexpress"
