import Markup
import SkyGeometry

/// What lies under and over the map's tiles: the sky's outline, the lines of right ascension and
/// declination with their labels, and the ecliptic.
struct Graticule {
    let projection: Mollweide

    /// The outline and the lines.
    func ground() -> Fragment {
        let centre = SkyMap.place(0, 0)
        var lines = PathData()
        for longitude in stride(from: -150.0, through: 150, by: 30) {
            lines.addLine(
                stride(from: -90.0, through: 90, by: 3).map { fine(longitude, $0) })
        }
        for dec in stride(from: -60.0, through: 60, by: 30) {
            lines.addLine([fine(180, dec), fine(-180, dec)])
        }
        return [
            Fragment(
                "ellipse",
                [
                    "cx": NumberText.coordinate(centre.x), "cy": NumberText.coordinate(centre.y),
                    "rx": NumberText.coordinate(2 * SkyMap.radius),
                    "ry": NumberText.coordinate(SkyMap.radius), "class": "sky",
                ]),
            Fragment(
                "g", ["transform": SkyMap.fineScale],
                [
                    Fragment(
                        "path",
                        [
                            "d": lines.text, "class": "graticule",
                            "vector-effect": "non-scaling-stroke",
                        ])
                ]),
        ]
    }

    /// The ecliptic as a line over the tiles.
    func ecliptic() -> Fragment {
        Fragment(
            "g", ["transform": SkyMap.fineScale],
            Fragment(
                "path",
                [
                    "d": eclipticLine(), "class": "ecliptic",
                    "vector-effect": "non-scaling-stroke",
                ],
                Fragment("title", "The ecliptic")))
    }

    /// Right ascensions along the equator, declinations at the left edge.
    func labels() -> Fragment {
        let ascensions = stride(from: -150.0, through: 150, by: 30).map { longitude in
            let at = place(longitude, 0)
            let ra = Int(normalisedLongitude(projection.centre + longitude))
            return label(at.x + 3, at.y - 3, "start", "\(ra)°")
        }
        let declinations = stride(from: -60.0, through: 60, by: 30).map { dec in
            let at = place(180, dec)
            let sign = dec < 0 ? "−" : dec > 0 ? "+" : ""
            return label(at.x - 6, at.y + 4, "end", "\(sign)\(Int(abs(dec)))°")
        }
        let poles = [(90.0, -6.0, "+90°"), (-90, 16, "−90°")].map { dec, shift, text in
            let at = place(0, dec)
            return label(at.x, at.y + shift, "middle", text)
        }
        return Fragment("g", ["class": "degrees"], ascensions + declinations + poles)
    }

    private func label(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> Fragment {
        Fragment(
            "text",
            [
                "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                "text-anchor": anchor,
            ], .text(text))
    }

    private func place(_ longitude: Double, _ dec: Double) -> (x: Double, y: Double) {
        let flat = projection.point(longitude: longitude, dec: dec)
        return SkyMap.place(flat.x, flat.y)
    }

    private func fine(_ longitude: Double, _ dec: Double) -> (x: Double, y: Double) {
        let flat = projection.point(longitude: longitude, dec: dec)
        return SkyMap.placeFinely(flat.x, flat.y)
    }

    /// The ecliptic in pieces that do not cross the seam.
    private func eclipticLine() -> String {
        let points = stride(from: 0.0, through: 360, by: 2).map { longitude in
            SkyPosition(Frame.ecliptic.toICRS(SkyPosition(ra: longitude, dec: 0).vector))
        }
        var path = PathData()
        var piece: [(longitude: Double, dec: Double)] = []
        func finish() {
            path.addLine(piece.map { fine($0.longitude, $0.dec) })
            piece = []
        }
        for point in points {
            let longitude = projection.longitude(point.ra)
            if let last = piece.last, abs(longitude - last.longitude) > 180 { finish() }
            piece.append((longitude, point.dec))
        }
        finish()
        return path.text
    }
}
