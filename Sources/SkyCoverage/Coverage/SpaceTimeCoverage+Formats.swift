extension SpaceTimeCoverage {
    /// The coverage in the ASCII form of MOC 2.0 ("STMOC encoding"):
    /// `t41/5 s10/27 t41/6 s9/3 10/`.
    public func ascii() -> String {
        texts.map { "t\($0.times.ascii) s\($0.space.ascii)" }.joined(separator: " ")
    }

    /// The coverage in the JSON form of MOC 2.0 (its appendix):
    /// `[{"t":{"41":[5]},"s":{"10":[27]}}]`.
    public func json() -> String {
        let elements = texts.map { #"{"t":\#($0.times.json),"s":\#($0.space.json)}"# }
        return "[" + elements.joined(separator: ",") + "]"
    }

    /// The coverage as a FITS file of MOC 2.0 ("STMOC encoding"): a column of ranges, each slice's times
    /// (marked by the most significant bit) before its ranges of the sky.
    public func fits() -> [UInt8] {
        let flag = UInt64(1) << 63
        let numbers = slices.flatMap { slice in
            slice.times.ranges.flatMap { [$0.lowerBound | flag, $0.upperBound | flag] }
                + slice.space.ranges.flatMap { [$0.lowerBound, $0.upperBound] }
        }
        return CoverageTable(
            column: "RANGE",
            keywords: [
                ("MOCVERS", .text("2.0"), "MOC version"),
                ("MOCDIM", .text("TIME.SPACE"), "physical dimensions"),
                ("ORDERING", .text("RANGE"), "coding of the cells"),
                ("COORDSYS", .text("C"), "ICRS"),
                ("TIMESYS", .text("TCB"), "microseconds since JD 0"),
                ("MOCORD_T", .integer(timeOrder), "time resolution"),
                ("MOCORD_S", .integer(spaceOrder), "space resolution, HEALPix order"),
            ],
            numbers: numbers
        ).bytes
    }

    /// Both halves of each slice; of nothing one slice without cells, which names the orders.
    private var texts: [(times: CellText, space: CellText)] {
        let named = isEmpty ? [Slice(times: CellRanges(), space: CellRanges())] : slices
        return named.map { slice in
            (
                CellText(
                    cells: slice.times.cells(bits: 1, finest: Self.maximumTimeOrder),
                    order: timeOrder),
                CellText(
                    cells: slice.space.cells(bits: 2, finest: SkyCoverage.maximumOrder),
                    order: spaceOrder)
            )
        }
    }
}
