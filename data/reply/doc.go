// Package reply fills reply templates from an order.
//
// Its one rule: text leaves this package complete or marked as incomplete. A
// variable that the order does not know is listed as missing, a variable that
// nobody knows is an error, and no template code reaches a buyer. The package
// imports neither store nor vault: entities come in, text goes out.
//
// A template is a small part of Liquid: {{ variables }} with a few filters, and
// the tags if, elsif, else, unless, case, when and comment. There are no loops,
// no assignments, no includes and no file access, so the length of a text and
// the time to make it are bounded by the template's own length.
//
// Words of a language (months, reasons, list marks) are data in
// assets/templates/locale.toml.
package reply
