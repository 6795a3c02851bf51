/// The version of all programs of this package.
public enum SoftwareVersion {
    /// As semver.org 2.0.0 has it: the newest heading of CHANGELOG.md that is a number.
    public static let current = "0.1.0"
}
