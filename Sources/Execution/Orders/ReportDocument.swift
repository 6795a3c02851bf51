import GroundSegment

/// The report of a finished order as the store and the order folder write it.
struct ReportDocument: Codable, Hashable {
    let order: String
    let sdc: String
    let event: String
    let attempt: Int
    let steps: [Step]
    let products: [ProductDocument]
    let transfers: [TransferDocument]
    let window: WindowDocument
    let message: String

    struct Step: Codable, Hashable {
        let name: String
        let attempt: Int
        let exitCode: Int
        let window: WindowDocument
        let cores: Int
        let memory: Int
        /// What follows is missing in reports that earlier runners wrote.
        var executable: String?
        var use: Use?
    }

    struct Use: Codable, Hashable {
        let cpuSeconds: Double
        let peakMemory: Double
        let readBytes: Int
        let writtenBytes: Int

        init(_ use: StepUse) {
            cpuSeconds = use.cpuSeconds
            peakMemory = use.peakMemory
            readBytes = use.readBytes
            writtenBytes = use.writtenBytes
        }

        var use: StepUse {
            StepUse(
                cpuSeconds: cpuSeconds, peakMemory: peakMemory, readBytes: readBytes,
                writtenBytes: writtenBytes)
        }
    }

    init(_ report: OrderReport) {
        order = report.order.text
        sdc = report.sdc.text
        event = report.event.rawValue
        attempt = report.attempt
        steps = report.steps.map {
            Step(
                name: $0.name, attempt: $0.attempt, exitCode: $0.exitCode,
                window: WindowDocument($0.window), cores: $0.cores, memory: $0.memory,
                executable: $0.executable.isEmpty ? nil : $0.executable,
                use: $0.use.map(Use.init))
        }
        products = report.products.map(ProductDocument.init)
        transfers = report.transfers.map(TransferDocument.init)
        window = WindowDocument(report.window)
        message = report.message
    }

    /// - Throws: `ExecutionError` where a word is not one of those that it may be.
    func report() throws -> OrderReport {
        guard let event = OrderState.Event(rawValue: event) else {
            throw ExecutionError(.store, "report of order \(order): event \"\(event)\" is unknown")
        }
        return try OrderReport(
            order: ID(order), sdc: ID(sdc), event: event, attempt: attempt,
            steps: steps.map {
                StepReport(
                    name: $0.name, executable: $0.executable ?? "", attempt: $0.attempt,
                    exitCode: $0.exitCode, window: $0.window.window, cores: $0.cores,
                    memory: $0.memory, use: $0.use?.use)
            },
            products: products.map(\.product), transfers: transfers.map { try $0.transfer() },
            window: window.window, message: message)
    }
}

/// A product.
struct ProductDocument: Codable, Hashable {
    let name: String
    let item: ItemDocument
    let order: String
    let bytes: Int
    let sha256: String
    let madeFrom: [String]

    init(_ product: Product) {
        name = product.name
        item = ItemDocument(product.item)
        order = product.order.text
        bytes = product.bytes
        sha256 = product.sha256
        madeFrom = product.madeFrom
    }

    var product: Product {
        Product(
            name: name, item: item.item, order: ID(order), bytes: bytes, sha256: sha256,
            madeFrom: madeFrom)
    }
}

/// A transfer.
struct TransferDocument: Codable, Hashable {
    let product: String
    let from: String
    let to: String
    let purpose: String
    let bytes: Int
    let order: String
    let window: WindowDocument

    init(_ transfer: Transfer) {
        product = transfer.product
        from = transfer.from.text
        to = transfer.to.text
        purpose = transfer.purpose.rawValue
        bytes = transfer.bytes
        order = transfer.order.text
        window = WindowDocument(transfer.window)
    }

    func transfer() throws -> Transfer {
        guard let purpose = Transfer.Purpose(rawValue: purpose) else {
            throw ExecutionError(
                .store, "transfer of \(product): purpose \"\(purpose)\" is unknown")
        }
        return Transfer(
            product: product, from: ID(from), to: ID(to), purpose: purpose, bytes: bytes,
            order: ID(order), window: window.window)
    }
}

/// A span of time, both ends as MJD.
struct WindowDocument: Codable, Hashable {
    let start: Double
    let end: Double

    init(_ window: TimeWindow) {
        start = window.start.days
        end = window.end.days
    }

    var window: TimeWindow { TimeWindow(start: MJD(start), end: MJD(max(start, end))) }
}
