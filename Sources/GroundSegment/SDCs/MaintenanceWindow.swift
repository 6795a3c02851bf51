/// A span in which an SDC offers only a part of its capacity.
public struct MaintenanceWindow: Hashable, Sendable, Comparable {
    public let window: TimeWindow
    /// The available part, 0 (a full outage) to 1.
    public let availability: Double
    /// What the announcement says; may be empty.
    public let summary: String
    /// The calendar's identifier of the event that this is an occurrence of; may be empty.
    public let uid: String

    public init(window: TimeWindow, availability: Double, summary: String = "", uid: String = "") {
        self.window = window
        self.availability = availability
        self.summary = summary
        self.uid = uid
    }

    public static func < (left: MaintenanceWindow, right: MaintenanceWindow) -> Bool {
        (left.window.start, left.window.end, left.availability, left.uid)
            < (right.window.start, right.window.end, right.availability, right.uid)
    }
}
