import Glibc

/// Natural logarithm, as the C library has it.
@inline(__always)
func logarithm(_ x: Double) -> Double { log(x) }

/// `base` to the power of `exponent`, as the C library has it.
@inline(__always)
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
