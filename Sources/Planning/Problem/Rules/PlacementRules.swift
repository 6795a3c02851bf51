public import GroundSegment

/// The pins and prohibitions under which a plan was made (H5).
public struct PlacementRules: Sendable, Hashable {
    public let pins: [Pin]
    public let prohibitions: [Prohibition]

    public init(pins: [Pin] = [], prohibitions: [Prohibition] = []) {
        self.pins = pins
        self.prohibitions = prohibitions
    }

    init(_ rules: ItemRules) {
        self.init(pins: rules.pins, prohibitions: rules.prohibitions)
    }
}

extension Pin {
    /// Whether the pin still holds for what arrives or is ready at `instant`.
    func binds(at instant: MJD) -> Bool {
        until.map { instant < $0 } ?? true
    }
}
