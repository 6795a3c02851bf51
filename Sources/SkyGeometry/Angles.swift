import Glibc

func degrees(_ radians: Double) -> Double { radians * (180 / Double.pi) }
func radians(_ degrees: Double) -> Double { degrees * (Double.pi / 180) }

/// `angle` brought into 0 (inclusive) to 360 (exclusive) degrees.
public func normalisedLongitude(_ angle: Double) -> Double {
    let turned = angle - 360 * (angle / 360).rounded(.down)
    return turned >= 360 ? 0 : turned
}
