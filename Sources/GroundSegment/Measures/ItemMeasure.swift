/// What processing one item took at an SDC, measured.
public struct ItemMeasure: Hashable, Sendable {
    public let sdc: ID<SDC>
    public let kind: ItemKind
    /// Cores that its successful steps had, times how long they had them.
    public let occupied: CoreHours
    /// Processor time that they used.
    public let busy: CoreHours

    public init(sdc: ID<SDC>, kind: ItemKind, occupied: CoreHours, busy: CoreHours) {
        self.sdc = sdc
        self.kind = kind
        self.occupied = occupied
        self.busy = busy
    }
}
