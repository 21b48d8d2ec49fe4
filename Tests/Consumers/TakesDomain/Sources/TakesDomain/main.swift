import Domain

let read = ExactDecimal("0.1")
let made = ExactDecimal(unscaled: 1, places: 1)
let same = ID<Person>("é") == ID<Person>("e\u{301}")
print(read == made && !same ? "numbers are exact and identifiers are bytes" : "wrong")
