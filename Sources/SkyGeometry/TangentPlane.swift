import Glibc

/// The plane that touches the sphere at a centre, with axes to the east and north there.
///
/// Great circles are straight lines in it (gnomonic projection; Calabretta & Greisen 2002, A&A
/// 395, 1077, section 5.1.3), so that convex polygons can be clipped as plane ones.
struct TangentPlane {
    let centre: UnitVector
    let east: UnitVector
    let north: UnitVector

    /// The plane at a position given by longitude and latitude, in degrees.
    init(longitude: Double, latitude: Double) {
        let lon = radians(longitude)
        let lat = radians(latitude)
        centre = UnitVector(x: cos(lat) * cos(lon), y: cos(lat) * sin(lon), z: sin(lat))
        east = UnitVector(x: -sin(lon), y: cos(lon), z: 0)
        north = UnitVector(x: -sin(lat) * cos(lon), y: -sin(lat) * sin(lon), z: cos(lat))
    }

    /// The plane coordinates of `direction`, in radians; `nil` beyond 60 degrees of the centre.
    func project(_ direction: UnitVector) -> (x: Double, y: Double)? {
        let depth = direction.dot(centre)
        guard depth >= 0.5 else { return nil }
        return (direction.dot(east) / depth, direction.dot(north) / depth)
    }

    /// The corners of a rectangle of half sides `x` and `y` (plane coordinates), turned by
    /// `angle` degrees from north to east, anticlockwise seen from inside the sphere.
    func rectangle(x: Double, y: Double, angle: Double) -> [UnitVector] {
        let c = cos(radians(angle))
        let s = sin(radians(angle))
        return [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { sx, sy in
            // height runs along cos(pa) n + sin(pa) e, width along cos(pa) e - sin(pa) n
            let e = sx * x * c + sy * y * s
            let n = -sx * x * s + sy * y * c
            return UnitVector(
                normalising: centre.x + e * east.x + n * north.x,
                centre.y + e * east.y + n * north.y,
                centre.z + e * east.z + n * north.z)
        }
    }
}
