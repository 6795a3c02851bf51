/// A random generator whose numbers depend on its seed alone (xoshiro256**, Blackman & Vigna
/// 2021, ACM TOMS 47, 36; seeded by SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    init(seed: UInt64) {
        var state = seed
        func mixed() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        a = mixed()
        b = mixed()
        c = mixed()
        d = mixed()
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        let product = b &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let t = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = (d << 45) | (d >> 19)
        return result
    }

    /// A number below `bound`, at most 2^32 (Lemire 2019, without its rejection: the bias is
    /// below bound / 2^32).
    @inline(__always)
    mutating func below(_ bound: Int) -> Int { Self.below(bound, next() >> 32) }

    /// The same from the lower half of a number that was drawn.
    @inline(__always)
    static func below(_ bound: Int, _ bits: UInt64) -> Int {
        Int(((bits & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: bound)) >> 32)
    }

    /// A number from 0 (exclusive) to 1 (inclusive).
    @inline(__always)
    mutating func unit() -> Double {
        Double((next() >> 11) + 1) * 0x1p-53
    }
}
