import Synchronization
import Testing

@testable import Service

@Suite struct DocumentShelfTests {
    @Test("a document is made once for each version, however many ask at the same time")
    func once() async {
        let shelf = DocumentShelf<[UInt8]>(limit: 64)
        let made = Counter()
        for version in ["1", "2"] {
            await withTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        await shelf.document("a", version: version) { [UInt8(made.next())] }
                    }
                }
                for await document in group {
                    #expect(document == [version == "1" ? 1 : 2])
                }
            }
        }
        #expect(made.next() == 3)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
