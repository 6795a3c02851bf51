import ArgumentParser
public import GroundSegment

extension MJD {
    /// The instant that an option's text names, for `@Option(transform:)`.
    ///
    /// A transform and not `ExpressibleByArgument`, which cannot say what was expected.
    ///
    /// - Parameter text: an ISO 8601 date, or date and time; no zone is UTC.
    /// - Throws: `ValidationError`, which ArgumentParser joins to the option and the text found.
    public static func argument(_ text: String) throws -> MJD {
        guard let instant = MJD(iso8601: text) else {
            throw ValidationError("expected an ISO 8601 date or date and time")
        }
        return instant
    }
}
