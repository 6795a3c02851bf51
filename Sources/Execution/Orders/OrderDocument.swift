import GroundSegment

/// A processing order as the store and the order folder write it.
struct OrderDocument: Codable, Hashable {
    let id: String
    let survey: String
    let item: ItemDocument
    let pipeline: String
    let softwareRelease: String
    let sdc: String
    let replicaAt: String
    let inputs: [Input]
    /// MJD.
    let release: Double
    let priority: Int

    struct Input: Codable, Hashable {
        let item: ItemDocument
        let producer: String
        /// TB.
        let volume: Double
    }

    init(_ order: ProcessingOrder) {
        id = order.id.text
        survey = order.survey.text
        item = ItemDocument(order.item)
        pipeline = order.pipeline
        softwareRelease = order.softwareRelease
        sdc = order.sdc.text
        replicaAt = order.replicaAt.text
        inputs = order.inputs.map {
            Input(item: ItemDocument($0.item), producer: $0.producer.text, volume: $0.volume.value)
        }
        release = order.release.days
        priority = order.priority
    }

    var order: ProcessingOrder {
        ProcessingOrder(
            id: ID(id), survey: ID(survey), item: item.item, pipeline: pipeline,
            softwareRelease: softwareRelease, sdc: ID(sdc), replicaAt: ID(replicaAt),
            inputs: inputs.map {
                OrderInput(
                    item: $0.item.item, producer: ID($0.producer), volume: Terabytes($0.volume))
            },
            release: MJD(release), priority: priority)
    }
}

/// An item by kind and identifier.
struct ItemDocument: Codable, Hashable {
    let kind: ItemKind
    let id: String

    init(_ item: ItemID) {
        kind = item.kind
        id = item.text
    }

    var item: ItemID { ItemID(kind: kind, id: id) }
}

extension ItemKind: Codable {}
