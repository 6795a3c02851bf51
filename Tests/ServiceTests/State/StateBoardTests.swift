import Testing

@testable import Service

@Suite struct StateBoardTests {
    @Test("it is ready once a state was read, and only while the database can be reached")
    func ready() {
        let board = StateBoard()
        board.set(isConnected: true)
        #expect(!board.isReady)
        board.publish(.empty)
        #expect(board.isReady)
        board.set(isConnected: false)
        #expect(!board.isReady)
    }

    @Test("followers are told of each state, and their places are free again when they leave")
    func followers() async throws {
        let board = StateBoard()
        do {
            let first = try #require(board.follow(limit: 1))
            #expect(board.follow(limit: 1) == nil)
            board.publish(.empty)
            for await state in first {
                #expect(state.snapshot.surveys.isEmpty)
                break
            }
            #expect(board.followers == 1)
        }
        #expect(board.followers == 0)
    }
}
