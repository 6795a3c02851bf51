extension SkyCoverage {
    /// The coverage in the ASCII form of MOC 2.0 ("ASCII serialization"): `5/1 3-6 10/27`.
    public func ascii() -> String {
        CellText(cells: cellsByOrder, order: order).ascii
    }

    /// The coverage in the JSON form of MOC 2.0 (its appendix): `{"5":[1,3],"10":[27]}`.
    public func json() -> String {
        CellText(cells: cellsByOrder, order: order).json
    }

    /// The coverage as a FITS file of MOC 2.0 ("NUNIQ packaging"): a column of numbers
    /// (4^(order+1) + cell), ascending.
    public func fits() -> [UInt8] {
        let numbers = cellsByOrder.enumerated().flatMap { order, ranges in
            ranges.joined().map { $0 + 4 << UInt64(2 * order) }
        }
        return CoverageTable(
            column: "UNIQ",
            keywords: [
                ("MOCVERS", .text("2.0"), "MOC version"),
                ("MOCDIM", .text("SPACE"), "physical dimension"),
                ("ORDERING", .text("NUNIQ"), "coding of the cells"),
                ("COORDSYS", .text("C"), "ICRS"),
                ("MOCORD_S", .integer(order), "MOC resolution, HEALPix order"),
                ("MOCORDER", .integer(order), "the same, of MOC 1.1"),
            ],
            numbers: numbers
        ).bytes
    }
}
