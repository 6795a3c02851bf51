import GroundSegment
import PostgreSQL

/// Writes an order's report into the catalogue, within its transaction.
struct ReportWriter: Sendable {
    let report: OrderReport
    let order: StoredOrder

    func write(on connection: isolated Connection) throws {
        let rows = try connection.query(
            """
            INSERT INTO sgs.order_report (
                processing_order, taken, attempt, event, started_at, ended_at, message)
            VALUES ($1, $2, $3, $4, to_timestamp($5), to_timestamp($6), $7)
            RETURNING order_report
            """, order.key, order.taken, report.attempt, report.event.rawValue,
            report.window.start.posixSeconds, report.window.end.posixSeconds, report.message)
        let key = try rows[0].decode("order_report", as: Int.self)
        try writeSteps(of: key, on: connection)
        for product in report.products { try write(product, on: connection) }
        for transfer in report.transfers { try write(transfer, of: key, on: connection) }
        try ShareAccounts.settle(order, report: key, on: connection)
    }

    private func writeSteps(of key: Int, on connection: isolated Connection) throws {
        for (index, step) in report.steps.enumerated() {
            try connection.query(
                """
                INSERT INTO sgs.step_run (
                    order_report, place, name, attempt, exit_code, started_at, ended_at, cores,
                    memory_mib, executable, cpu_seconds, peak_mib, read_bytes, written_bytes)
                VALUES ($1, $2, $3, $4, $5, to_timestamp($6), to_timestamp($7), $8, $9, $10, $11,
                    $12, $13, $14)
                """, key, index + 1, step.name, step.attempt, step.exitCode,
                step.window.start.posixSeconds, step.window.end.posixSeconds, step.cores,
                step.memory, step.executable.isEmpty ? nil : step.executable, step.use?.cpuSeconds,
                step.use?.peakMemory, step.use?.readBytes, step.use?.writtenBytes)
        }
    }

    /// In three statements, because row-level security looks for the product in the table.
    private func write(_ product: Product, on connection: isolated Connection) throws {
        let made = try connection.query(
            """
            INSERT INTO sgs.product (survey, name, item, processing_order, bytes, sha256)
            SELECT $1, $2, item, $3, $4, $5
            FROM sgs.item WHERE survey = $1 AND kind = $6 AND id = $7
            RETURNING product
            """, order.survey.text, product.name, order.key, product.bytes, product.sha256,
            product.item.kind.rawValue, product.item.text)
        guard let row = made.first else {
            throw CatalogueError(
                .unknownItem,
                "processing order \(order.id) reports a product of \(product.item), which survey "
                    + "\(order.survey) does not have")
        }
        let key = try row.decode("product", as: Int.self)
        try connection.query(
            """
            INSERT INTO sgs.product_input (product, name)
            SELECT DISTINCT $1::bigint, name FROM unnest($2::text[]) name
            """, key, product.madeFrom)
        try HeldProduct.record(key, at: report.sdc, on: connection)
    }

    /// A replica is from now on held at its destination as well; a copy is transient there.
    private func write(
        _ transfer: Transfer, of key: Int, on connection: isolated Connection
    ) throws {
        let rows = try connection.query(
            """
            INSERT INTO sgs.transfer (
                order_report, product, from_sdc, to_sdc, purpose, bytes, started_at, ended_at)
            SELECT $1, product, $4, $5, $6, $7, to_timestamp($8), to_timestamp($9)
            FROM sgs.product WHERE survey = $2 AND name = $3
            RETURNING product
            """, key, order.survey.text, transfer.product, transfer.from.text, transfer.to.text,
            transfer.purpose.rawValue, transfer.bytes, transfer.window.start.posixSeconds,
            transfer.window.end.posixSeconds)
        guard let row = rows.first else {
            throw CatalogueError(
                .unknownItem,
                "processing order \(order.id) reports a transfer of product \(transfer.product), "
                    + "which survey \(order.survey) does not have")
        }
        guard transfer.purpose == .replica else { return }
        try HeldProduct.record(row.decode("product"), at: transfer.to, on: connection)
    }
}
