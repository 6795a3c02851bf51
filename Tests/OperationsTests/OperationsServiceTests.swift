import Testing

@testable import Operations

@Suite struct OperationsServiceTests {
    @Test(
        "an address is a host with a port, or the path of a socket",
        arguments: [
            ("127.0.0.1:8090", OperationsService.Address.tcp(host: "127.0.0.1", port: 8090), true),
            ("[::1]:0", .tcp(host: "::1", port: 0), true),
            ("0.0.0.0:80", .tcp(host: "0.0.0.0", port: 80), false),
            ("unix:/run/x.sock", .socket("/run/x.sock"), true),
        ])
    func addresses(text: String, address: OperationsService.Address, isLocal: Bool) {
        #expect(OperationsService.Address(text) == address)
        #expect(OperationsService.Address(text)?.isLocal == isLocal)
    }

    @Test(
        "any other text is no address",
        arguments: [
            "8090", "localhost", ":8090", "localhost:70000", "localhost:x", "unix:relative", "",
        ])
    func none(text: String) { #expect(OperationsService.Address(text) == nil) }
}
