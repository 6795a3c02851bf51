import GroundSegment
import Testing

@testable import Catalogue

@Suite struct DataPlacesTests {
    private static func held(_ name: String, _ sdcs: ID<SDC>...) -> HeldProduct {
        HeldProduct(
            product: Product(
                name: name, item: .tile("7"), order: "o", bytes: 1, sha256: "", madeFrom: []),
            sdcs: sdcs)
    }

    @Test("where the data are is told until both owners have all of them")
    func places() {
        let owners = Assignment(primary: "SDC-FR", secondary: "SDC-DE")
        #expect(HeldProduct.places(of: [], besides: owners) == nil)
        #expect(
            HeldProduct.places(
                of: [Self.held("a", "SDC-DE", "SDC-FR", "SDC-IT")], besides: owners) == nil)
        #expect(
            HeldProduct.places(
                of: [
                    Self.held("a", "SDC-IT", "SDC-DE"),
                    Self.held("b", "SDC-FR", "SDC-IT", "SDC-DE"),
                ], besides: owners) == ["SDC-DE", "SDC-FR", "SDC-IT"])
    }
}
