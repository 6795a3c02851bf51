import Markup

extension Report {
    /// The terms of the page, as the ground segment uses them.
    var glossary: Fragment {
        let terms: [(String, String)] = [
            ("SDC", "Science Data Centre of the ground segment."),
            (
                "Observation",
                "One field of the survey. Its pipelines run at its primary SDC. It arrives at its"
                    + " end plus the latency."
            ),
            (
                "Tile",
                "A part of the sky. Its inner area says who owns a point, its outer area which"
                    + " observations its pipeline (MER) needs. It is ready when the last of them"
                    + " has arrived."
            ),
            (
                "Primary, secondary",
                "Each observation and each tile has one of each, never the same SDC; data and"
                    + " products are stored at both."
            ),
            (
                "Copy",
                "An observation's calibrated frames moved to an SDC that owns one of its tiles but"
                    + " holds no replica of it (C1)."
            ),
            (
                "External",
                "Data of ground surveys that a tile's primary has to fetch because it does not"
                    + " ingest them (C2)."
            ),
            ("Moves", "Data that have already arrived and change their SDC (C3)."),
            (
                "Failover copies",
                "Copies that the tiles' secondaries would need to run the tiles themselves."
            ),
            (
                "Bucket",
                "A part of the period; work, capacity and targets are counted by bucket. What"
                    + " arrives after the period counts in the last."
            ),
            (
                "Capacity",
                "Cores × efficiency × availability × hours, less what is reserved for other surveys."
            ),
            (
                "Target",
                "The SDC's part of a bucket's work, in proportion to its capacity; for new data in"
                    + " proportion to its storage."
            ),
            (
                "Hard rules",
                "H1 a primary and another secondary each; H2 work within capacity; H3 data within"
                    + " storage; H4 no arrival during a full outage; H5 pins, frozen and forbidden"
                    + " assignments hold; H6 what comes in and goes out within the lines' rates."
            ),
            (
                "Tolerances",
                "T1 work, T2 observations received and T3 new data near their targets; T4 no long"
                    + " wait for a new observation."
            ),
            (
                "Bound",
                "A proven limit: no distribution within the tolerances costs less."
            ),
        ]
        return section(
            "Terms",
            [
                Fragment(
                    "div", ["class": "terms"],
                    terms.map { term, meaning in
                        Fragment(
                            "dl", [Fragment("dt", .text(term)), Fragment("dd", .text(meaning))])
                    })
            ])
    }
}
