import Glibc
import SkyGeometry

/// The equal-area projection of the whole sky into an ellipse, right ascension increasing to the
/// left as seen from inside the sphere (Mollweide 1805; Calabretta & Greisen 2002, A&A 395, 1077,
/// section 5.2.3).
struct Mollweide {
    /// Right ascension in the middle, in degrees; the seam lies 180 degrees from it.
    let centre: Double

    /// The longitude of `ra` relative to the middle, -180 (inclusive) to 180 degrees.
    func longitude(_ ra: Double) -> Double {
        normalisedLongitude(ra - centre + 180) - 180
    }

    /// Where a relative longitude (-180...180) and a declination lie: x -2...2 to the right, y
    /// -1...1 upwards.
    func point(longitude: Double, dec: Double) -> (x: Double, y: Double) {
        let theta = Self.parametricLatitude(dec * .pi / 180)
        return (-longitude / 90 * cos(theta), sin(theta))
    }

    func point(_ position: SkyPosition) -> (x: Double, y: Double) {
        point(longitude: longitude(position.ra), dec: position.dec)
    }

    /// Solves 2 t + sin 2t = pi sin(latitude) by Newton's method, all in radians.
    private static func parametricLatitude(_ latitude: Double) -> Double {
        guard abs(latitude) < .pi / 2 - 1e-9 else { return latitude < 0 ? -.pi / 2 : .pi / 2 }
        let aim = Double.pi * sin(latitude)
        var double = latitude
        for _ in 0..<100 {
            let step = (double + sin(double) - aim) / (1 + cos(double))
            double -= step
            if abs(step) < 1e-12 { break }
        }
        return double / 2
    }

    /// The middle, 0 or 180 degrees, whose seam fewer of `positions` lie close to; 0 where they
    /// are equal.
    static func suited(to positions: [SkyPosition]) -> Mollweide {
        func atSeam(_ projection: Mollweide) -> Int {
            positions.lazy.filter { abs(projection.longitude($0.ra)) > 150 }.count
        }
        let (greenwich, opposite) = (Mollweide(centre: 0), Mollweide(centre: 180))
        return atSeam(opposite) < atSeam(greenwich) ? opposite : greenwich
    }
}
