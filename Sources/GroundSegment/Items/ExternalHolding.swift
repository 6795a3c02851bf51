public import SkyGeometry

/// The data of a ground survey that an SDC ingests and holds.
public struct ExternalHolding: Hashable, Sendable {
    /// Name of the ground survey: `DES`, `UNIONS`, `KIDS`.
    public let survey: String
    public let region: SkyRegion
    /// Volume of the survey's data for one tile.
    public let volume: Terabytes

    public init(survey: String, region: SkyRegion, volume: Terabytes) {
        self.survey = survey
        self.region = region
        self.volume = volume
    }
}

/// A range of right ascension and declination; a range of right ascension may cross 0.
public struct SkyRegion: Hashable, Sendable {
    /// From (inclusive) and to (exclusive), degrees; the whole circle is 0 to 360.
    public let ra: (from: Double, to: Double)
    /// From (inclusive) and to (exclusive, but +90 is held), degrees.
    public let dec: (from: Double, to: Double)

    public init(
        ra: (from: Double, to: Double) = (0, 360), dec: (from: Double, to: Double) = (-90, 90)
    ) {
        self.ra = ra
        self.dec = dec
    }

    public func contains(_ position: SkyPosition) -> Bool {
        let inDec =
            position.dec >= dec.from && position.dec < dec.to
            || (position.dec == 90 && dec.to == 90)
        let inRA =
            ra.from <= ra.to
            ? position.ra >= ra.from && position.ra < ra.to
            : position.ra >= ra.from || position.ra < ra.to
        return inDec && inRA
    }

    public static func == (left: SkyRegion, right: SkyRegion) -> Bool {
        left.ra == right.ra && left.dec == right.dec
    }

    public func hash(into hasher: inout Hasher) {
        for edge in [ra.from, ra.to, dec.from, dec.to] { hasher.combine(edge) }
    }
}
