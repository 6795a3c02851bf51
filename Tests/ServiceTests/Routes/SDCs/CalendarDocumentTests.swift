import Foundation
import GroundSegment
import Planning
import Testing

@testable import Service

@Suite struct CalendarDocumentTests {
    private static func window(
        _ from: Double, _ until: Double, _ uid: String, _ summary: String = "Cooling"
    ) -> MaintenanceWindow {
        MaintenanceWindow(
            window: TimeWindow(start: ServiceSample.start + from, end: ServiceSample.start + until),
            availability: 0, summary: summary, uid: uid)
    }

    private static func plan(
        _ name: String, from: Double, _ windows: [MaintenanceWindow]
    ) -> Plan {
        let sdcs = ServiceSample.sdcs.map {
            SDC(
                id: $0.id, name: $0.name, cores: $0.cores, storage: $0.storage,
                maintenance: windows)
        }
        return ServiceSample.plan(name, from: from, sdcs: sdcs)
    }

    /// An event's lines, unfolded, by their names.
    private static func events(_ plans: [Plan]) async throws -> [[String: String]] {
        let text = try await RunningService.with(plans) { service in
            try await service.get("/v1/sdcs/SDC-FR/calendar.ics").text
        }
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        let lines = text.replacingOccurrences(of: "\r\n ", with: "")
            .components(separatedBy: "\r\n")
        var events: [[String: String]] = []
        for line in lines {
            if line == "BEGIN:VEVENT" { events.append([:]) }
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, !events.isEmpty else { continue }
            events[events.count - 1][parts[0]] = parts[1]
        }
        let uids = events.compactMap { $0["UID"] }
        #expect(Set(uids).count == events.count, "\(uids)")
        for event in events {
            #expect(event["DTSTAMP"]?.wholeMatch(of: /\d{8}T\d{6}Z/) != nil)
            #expect(event["DTSTART"] ?? "" < event["DTEND"] ?? "")
        }
        return events.filter { $0["TRANSP"] == "OPAQUE" }
    }

    @Test("a window of two consecutive periods is one event, as the newest publication has it")
    func twice() async throws {
        let window = Self.window(5, 5.5, "cooling@trial")
        let events = try await Self.events([
            Self.plan("first", from: 0, [window]), Self.plan("second", from: 14, [window]),
        ])
        #expect(events.map { $0["UID"] } == ["cooling@trial"])
        #expect(events.first?["DTSTART"] == "20270109T000000Z")
        #expect(events.first?["DTEND"] == "20270109T120000Z")
        #expect(events.first?["SEQUENCE"] == "2")
    }

    @Test("a window over the periods' border is one event, and a longer one takes its place")
    func revised() async throws {
        let events = try await Self.events([
            Self.plan("first", from: 0, [Self.window(13, 15, "power@trial", "Power")]),
            Self.plan("second", from: 14, [Self.window(13, 16, "power@trial", "Power, longer")]),
        ])
        #expect(events.map { $0["UID"] } == ["power@trial"])
        #expect(events.first?["DTEND"] == "20270120T000000Z")
        #expect(events.first?["SUMMARY"] == "Power\\, longer")
    }

    @Test("different windows of one UID are told apart by their start, in every plan")
    func series() async throws {
        let first = Self.window(1, 2, "weekly@trial")
        let second = Self.window(8, 9, "weekly@trial")
        let third = Self.window(15, 16, "weekly@trial")
        let events = try await Self.events([
            Self.plan("first", from: 0, [first, second]),
            Self.plan("second", from: 14, [second, third]),
        ])
        #expect(
            events.map { $0["UID"] } == [
                "weekly@trial/20270105T000000Z", "weekly@trial/20270112T000000Z",
                "weekly@trial/20270119T000000Z",
            ])
        let apart = try await Self.events([
            Self.plan("first", from: 0, [first]), Self.plan("second", from: 14, [third]),
        ])
        #expect(
            apart.map { $0["UID"] } == [
                "weekly@trial/20270105T000000Z", "weekly@trial/20270119T000000Z",
            ])
    }

    @Test("windows of one plan that share UID and start are all there, each under its own")
    func sameStart() async throws {
        let windows = [
            Self.window(1, 2, "a@trial"), Self.window(1, 3, "a@trial"),
            Self.window(1, 3, "a@trial", "B"),
            Self.window(1, 2, "", "C"), Self.window(1, 2, "", "D"),
            Self.window(4, 5, "load-TEST-SDC-FR-2027-01-04"),
        ]
        let events = try await Self.events([Self.plan("first", from: 0, windows)])
        #expect(events.count == 6)
    }

    @Test("long texts beyond ASCII are folded between characters, and escaped")
    func texts() async throws {
        let summary = String(repeating: "é★𝄞", count: 30) + "\\;,\n\r\u{7}end"
        let events = try await Self.events([
            Self.plan("first", from: 0, [Self.window(1, 2, "a;b,c\\d@trial", summary)])
        ])
        #expect(
            events.first?["SUMMARY"] == String(repeating: "é★𝄞", count: 30) + "\\\\\\;\\,\\nend")
        #expect(events.first?["UID"] == "a\\;b\\,c\\\\d@trial")
    }
}
