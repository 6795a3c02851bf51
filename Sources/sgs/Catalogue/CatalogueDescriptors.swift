import ArgumentParser
import DataDictionary

/// `sgs catalogue descriptors`
struct CatalogueDescriptors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "descriptors",
        abstract: "Print the resource descriptor with which DaCHS serves a schema's views by TAP.",
        discussion: """
            contrib/dachs/setup.sh shows how it is used.  No database is needed.

              sgs catalogue descriptors ivoa > q.rd
            """)

    @Argument(
        help: "The schema: \(ResourceDescriptor.schemas.joined(separator: " or ")).")
    var schema: String

    func validate() throws {
        guard ResourceDescriptor(schema: schema) != nil else {
            let known = ResourceDescriptor.schemas.joined(separator: " or ")
            throw ValidationError("schema: found \(schema), expected \(known)")
        }
    }

    func run() {
        if let descriptor = ResourceDescriptor(schema: schema) {
            print(descriptor.xml, terminator: "")
        }
    }
}
