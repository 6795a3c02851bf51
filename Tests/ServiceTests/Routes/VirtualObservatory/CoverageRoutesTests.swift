import Foundation
import Testing

@testable import Service

@Suite struct CoverageRoutesTests {
    @Test("an SDC's map holds the cells of its tiles, in three forms")
    func map() async throws {
        try await RunningService.shared { service in
            let path = "/v1/sdcs/SDC-IT/moc?order=5"
            let ascii = try await service.get(path + "&format=ascii")
            #expect(ascii.text.hasPrefix("5/"))
            #expect(try await service.get(path).object().keys.sorted() == ["5"])
            let fits = try await service.get(path + "&format=fits")
            #expect(fits.headers["content-type"] == "application/fits")
            #expect(fits.data.count.isMultiple(of: 2880))
            #expect(try await service.get("/v1/sdcs/SDC-XX/moc").status == 404)
        }
    }

    @Test("the map of sky and time begins with the ownership, and can be had for one SDC")
    func spaceTime() async throws {
        try await RunningService.shared { service in
            let all = try await service.get("/v1/stmoc?order=5&format=ascii")
            let own = try await service.get("/v1/stmoc?order=5&format=ascii&sdc=SDC-IT")
            #expect(all.text.hasPrefix("t"))
            #expect(all.text.contains(" s5/"))
            #expect(own.text != all.text)
            let none = try await service.get("/v1/stmoc?order=5&format=ascii&sdc=SDC-XX")
            #expect(none.text.count < own.text.count)
            #expect(all.headers["etag"] != nil)
        }
    }
}
