/// Bytes that depend on all bytes that went in: FNV-1a (Fowler, Noll, Vo) in, SplitMix64
/// (Steele, Lea, Flood 2014, OOPSLA, 453) out.  For sample data, not for security.
struct ByteMixer {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325
    private var word: UInt64 = 0
    private var left = 0

    init(_ seed: String) {
        add(Array(seed.utf8))
    }

    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }

    mutating func next() -> UInt8 {
        if left == 0 {
            state &+= 0x9e37_79b9_7f4a_7c15
            word = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
            word ^= word >> 31
            left = 8
        }
        defer {
            word >>= 8
            left -= 1
        }
        return UInt8(truncatingIfNeeded: word)
    }
}
