package data

import "strings"

// The currencies of ISO 4217 in which people pay: list one as of 2026, without
// funds, metals and codes for testing.
const activeCurrencies = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY " +
	"COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS " +
	"INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP " +
	"MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR " +
	"SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV " +
	"WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG "

// Those that list three has withdrawn since 2015: orders of that time are still
// kept and disputed.
const formerCurrencies = "ANG BGN BYR CUC HRK LTL MRO SLL STD VEF ZWL"

// exponents lists the currencies of ISO 4217 whose minor unit is not a
// hundredth. (ISO 4217:2015 table A.1.)
var exponents = map[string]int{
	"BIF": 0, "BYR": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

var currencies = func() map[string]bool {
	all := map[string]bool{}
	for _, code := range strings.Fields(activeCurrencies + formerCurrencies) {
		all[code] = true
	}
	return all
}()

// IsCurrency reports whether code is one of ISO 4217 in which people pay, in
// capital letters.
func IsCurrency(code string) bool { return currencies[code] }

// CurrencyExponent is the number of decimal digits of a currency: 2 for most, 0
// for JPY, 3 for KWD.
func CurrencyExponent(currency string) int {
	if e, ok := exponents[currency]; ok {
		return e
	}
	return 2
}
