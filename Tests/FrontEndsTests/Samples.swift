import Foundation

/// The files that tests read.
enum Samples {
    static func path(_ name: String) -> String {
        (Bundle.module.resourceURL ?? URL(fileURLWithPath: "")).appendingPathComponent(
            "Samples/\(name)"
        ).path
    }
}
