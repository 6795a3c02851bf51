import Testing

@testable import WebService

@Suite struct StateBoardTests {
    @Test("it is ready once a state was read, and only while what it is read from can be reached")
    func ready() {
        let board = StateBoard(0)
        #expect(board.state == 0)
        board.set(isConnected: true)
        #expect(!board.isReady)
        board.publish(7)
        #expect(board.isReady)
        board.set(isConnected: false)
        #expect(!board.isReady)
    }

    @Test("followers are told of each state, and their places are free again when they leave")
    func followers() async throws {
        let board = StateBoard(0)
        do {
            let first = try #require(board.follow(limit: 1))
            #expect(board.follow(limit: 1) == nil)
            board.publish(7)
            for await state in first {
                #expect(state == 7)
                break
            }
            #expect(board.followers == 1)
        }
        #expect(board.followers == 0)
    }
}
