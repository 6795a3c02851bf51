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
    /// Missing where it is of the daily processing.
    let task: TaskDocument?

    struct TaskDocument: Codable, Hashable {
        let campaign: String
        let name: String
        /// MiB for each core, seconds, and MiB.
        let memoryPerCore: Int?
        let walltime: Double?
        let disk: Int?
        /// Seconds.
        let jobWalltime: Double?

        init(_ task: OrderTask) {
            campaign = task.campaign
            name = task.name
            memoryPerCore = task.request?.memoryPerCore
            walltime = task.request?.walltime
            disk = task.request?.disk
            jobWalltime = task.jobWalltime
        }

        var task: OrderTask {
            let request = memoryPerCore.flatMap { memory in
                walltime.map { OrderRequest(memoryPerCore: memory, walltime: $0, disk: disk) }
            }
            return OrderTask(
                campaign: campaign, name: name, request: request, jobWalltime: jobWalltime)
        }
    }

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
        task = order.task.map { TaskDocument($0) }
    }

    var order: ProcessingOrder {
        ProcessingOrder(
            id: ID(id), survey: ID(survey), item: item.item, pipeline: pipeline,
            softwareRelease: softwareRelease, sdc: ID(sdc), replicaAt: ID(replicaAt),
            inputs: inputs.map {
                OrderInput(
                    item: $0.item.item, producer: ID($0.producer), volume: Terabytes($0.volume))
            },
            release: MJD(release), priority: priority, task: task?.task)
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
