import Foundation

/// The files of this package.
enum Checkout {
    static let folder: String = {
        var folder = #filePath as NSString
        for _ in 0..<4 { folder = folder.deletingLastPathComponent as NSString }
        return folder as String
    }()

    /// The path of a file below the package's folder.
    static func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// The folder of the build's products: that of this test program or one above it.
    static let programs: String = {
        let test =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        for start in [test, CommandLine.arguments.first ?? "", Bundle.main.bundlePath] {
            var folder = start as NSString
            while folder.length > 1 {
                if FileManager.default.isExecutableFile(atPath: "\(folder)/sgs") {
                    return folder as String
                }
                folder = folder.deletingLastPathComponent as NSString
            }
        }
        return "."
    }()
}
