import HTTPTypes
import Testing

@testable import WebService

@Suite struct CredentialsTests {
    private func credentials(_ headers: HTTPFields) -> Credentials {
        Credentials(headers, authority: "runner.example:8090")
    }

    @Test("A bearer token is what follows the scheme in any case")
    func readsTokens() {
        #expect(credentials([.authorization: "bearer  abc "]).bearerToken == "abc")
        #expect(credentials([.authorization: "Basic abc"]).bearerToken == nil)
        #expect(credentials([.authorization: "Bearer "]).bearerToken == nil)
    }

    @Test("A cookie is found among others by its whole name")
    func readsCookies() {
        let credentials = credentials([.cookie: "xid=1; id=2=3;other"])
        #expect(credentials.cookie("id") == "2=3")
        #expect(credentials.cookie("other") == nil)
    }

    @Test("Another site is told by Sec-Fetch-Site, else by an origin of another host")
    func tellsOtherSites() throws {
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        #expect(!credentials([:]).isFromOtherSite)
        #expect(!credentials([site: "same-origin", .origin: "null"]).isFromOtherSite)
        #expect(credentials([site: "same-site"]).isFromOtherSite)
        #expect(!credentials([.origin: "http://runner.example:8090"]).isFromOtherSite)
        #expect(credentials([.origin: "http://runner.example"]).isFromOtherSite)
        #expect(credentials([.origin: "null"]).isFromOtherSite)
    }
}
