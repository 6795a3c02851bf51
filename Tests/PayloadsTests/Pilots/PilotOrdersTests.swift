import Foundation
import Glibc
import Testing

@testable import Payloads

@Suite struct PilotOrdersTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private static let orders = PilotOrders(
        name: "sgs-pilot-000012-ab12cd34", token: [UInt8](repeating: 0xA5, count: 32),
        address: "/shared/runner.address", cores: 8, memory: 16384, gpus: ["0", "GPU-1"],
        walltime: 259_200, idle: 300.5, warning: 90, retries: 7)

    private func error(_ text: String) throws -> PayloadError? {
        try folder.write(text, to: "pilot.json")
        return #expect(throws: PayloadError.self) { try PilotOrders(folder: folder.path) }
    }

    @Test("what a runner has written is read as it was, and only by its owner")
    func roundTrip() throws {
        try Self.orders.write(in: folder.path)
        #expect(try PilotOrders(folder: folder.path) == Self.orders)
        var status = stat()
        #expect(stat(PilotOrders.path(in: folder.path), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(try folder.names(in: "") == ["pilot.json"])
        let text = try folder.text(of: "pilot.json")
        #expect(
            text == """
                {"version":"sgs-payload/1","name":"sgs-pilot-000012-ab12cd34",\
                "token":"\(String(repeating: "a5", count: 32))",\
                "address":"/shared/runner.address","cores":8,"memory":16384,\
                "gpus":["0","GPU-1"],"walltime":259200.0,"idle":300.5,"warning":90.0,"retries":7}

                """)
    }

    @Test("a pilot's name is its job's with its task")
    func names() {
        #expect(PilotOrders.name("sgs-pilot-1", task: 1) == "sgs-pilot-1.1")
        #expect(PilotOrders.name("sgs-pilot-1", task: 20) == "sgs-pilot-1.20")
    }

    @Test("every token is another one of 32 bytes")
    func tokens() {
        #expect(PilotOrders.newToken().count == 32)
        #expect(PilotOrders.newToken() != PilotOrders.newToken())
    }

    @Test("orders of another version are told apart from those that cannot be read")
    func version() throws {
        let error = try error("{\"version\":\"sgs-payload/2\",\"anything\":[]}")
        #expect(error?.code == .version)
        #expect(error?.description == "the runner speaks sgs-payload/2, this pilot sgs-payload/1")
    }

    @Test(
        "a field that is out of bounds is named",
        arguments: [
            ("\"name\":\"sgs-pilot-000012-ab12cd34\"", "\"name\":\"a/b\"", "name: expected"),
            ("\"token\":\"a5", "\"token\":\"x5", "field token: expected hexadecimal"),
            ("\"token\":\"a5", "\"token\":\"a", "field token: expected hexadecimal"),
            ("\"address\":\"/", "\"address\":\"", "address: expected an absolute path"),
            ("\"cores\":8", "\"cores\":0", "cores: found 0"),
            ("\"cores\":8", "\"cores\":-1", "cores: found -1"),
            ("\"memory\":16384", "\"memory\":0", "memory: found 0"),
            ("[\"0\",", "[\"GPU-1\",", "gpus: expected names that differ"),
            ("\"walltime\":259200.0", "\"walltime\":-1", "walltime, idle, warning"),
            ("\"walltime\":259200.0", "\"walltime\":1e999", "walltime: found 1e999"),
            ("\"idle\":300.5", "\"idle\":null", "idle: found null"),
            ("\"retries\":7", "\"retries\":0", "retries: found 0"),
            ("\"retries\":7", "\"retries\":99999999999999999999", "retries: found 9999"),
        ])
    func outOfBounds(text: String, change: String, message: String) throws {
        try Self.orders.write(in: folder.path)
        let changed = try folder.text(of: "pilot.json").replacingOccurrences(
            of: text, with: change)
        let error = try error(changed)
        #expect(error?.code == .message)
        #expect(error?.description.contains(message) == true)
    }

    @Test("what is no orders at all is refused", arguments: ["", "{", "[]", "null", "{}"])
    func junk(text: String) throws {
        #expect(try error(text)?.code == .message)
    }

    @Test("a file that is not there is told as that")
    func missing() {
        let error = #expect(throws: PayloadError.self) { try PilotOrders(folder: folder.path) }
        #expect(error?.code == .file)
    }

    @Test("a short token is not written")
    func shortToken() {
        var orders = Self.orders
        orders.token = [1, 2, 3]
        #expect(throws: PayloadError.self) { try orders.write(in: folder.path) }
        #expect(!folder.exists("pilot.json"))
    }

    @Test("how a pilot ended is read as it was written, whatever else lies there")
    func ends() throws {
        #expect(PilotEnd(folder: folder.path, task: 3) == nil)
        try PilotEnd(.walltime, payloads: 12).write(in: folder.path, task: 3)
        #expect(PilotEnd(folder: folder.path, task: 3) == PilotEnd(.walltime, payloads: 12))
        #expect(try folder.text(of: "3.ended") == "{\"reason\":\"walltime\",\"payloads\":12}\n")
        for junk in ["", "{", "{\"reason\":\"x\",\"payloads\":1}", "{\"reason\":\"idle\"}"] {
            try folder.write(junk, to: "4.ended")
            #expect(PilotEnd(folder: folder.path, task: 4) == nil)
        }
    }
}
