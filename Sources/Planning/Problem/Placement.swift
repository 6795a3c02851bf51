/// The SDCs of all items, by their places in the problem's list.
public struct Placement: Hashable, Sendable {
    /// By item.
    public var primary: [UInt8]
    public var secondary: [UInt8]

    public init(primary: [UInt8], secondary: [UInt8]) {
        self.primary = primary
        self.secondary = secondary
    }

    /// The places of an item's two SDCs.
    subscript(item: ItemIndex) -> (primary: Int, secondary: Int) {
        get { (Int(primary[item]), Int(secondary[item])) }
        set {
            primary[item] = UInt8(newValue.primary)
            secondary[item] = UInt8(newValue.secondary)
        }
    }
}
