/// The order in which people look for identifiers: runs of digits by their number, 2 before 10, and
/// anything else by its UTF-8 bytes, as `ID` has it.
public enum NaturalOrder {
    /// Whether a text stands before another.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        var one = Substring(left).utf8
        var other = Substring(right).utf8
        while let first = one.first, let second = other.first {
            if isDigit(first), isDigit(second) {
                let number = takeNumber(&one)
                let another = takeNumber(&other)
                guard number.elementsEqual(another) else { return isLess(number, another) }
            } else if first == second {
                one.removeFirst()
                other.removeFirst()
            } else {
                return first < second
            }
        }
        return one.isEmpty && !other.isEmpty
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
        let number = text.prefix(while: isDigit)
        text = text[number.endIndex...]
        return number
    }

    /// By their numbers, however long; of equal ones, that with more zeros before it is first.
    private static func isLess(_ one: Substring.UTF8View, _ other: Substring.UTF8View) -> Bool {
        let number = one.drop { $0 == UInt8(ascii: "0") }
        let another = other.drop { $0 == UInt8(ascii: "0") }
        if number.elementsEqual(another) { return one.count > other.count }
        if number.count != another.count { return number.count < another.count }
        return number.lexicographicallyPrecedes(another)
    }
}

extension ItemID {
    /// Whether it stands before another in a list for people: observations before tiles, each in
    /// natural order.
    public func precedesNaturally(_ other: ItemID) -> Bool {
        kind == other.kind
            ? NaturalOrder.precedes(text, other.text) : kind.rank < other.kind.rank
    }
}
