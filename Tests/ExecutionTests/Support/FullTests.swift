import Foundation

/// Whether the long random tests run as well.
let isFull = ProcessInfo.processInfo.environment["SGS_TEST_FULL"] == "1"
