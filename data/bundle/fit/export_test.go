package fit

// Decode reads a profile as those that the program carries are read: a field
// that there is not, a limit without its source or a ladder that leads upward is
// refused.
var Decode = profiles.Decode
