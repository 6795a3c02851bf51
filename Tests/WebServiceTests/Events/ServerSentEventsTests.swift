import Testing

@testable import WebService

@Suite struct ServerSentEventsTests {
    @Test("an event is its id, kind and data in lines, and ends with an empty one")
    func event() {
        #expect(
            ServerSentEvents.event(id: 7, kind: "publication", data: "{}")
                == "id: 7\nevent: publication\ndata: {}\n\n")
    }
}
