import Hummingbird
import NIOCore
public import Tables

/// A table whose rows are made one by one as its client reads them, so that a long one takes no
/// more memory than what it is made from.
public struct AnswerRows: Sendable {
    let name: String
    let description: String
    let columns: [Column]
    let count: Int
    /// What the rows are made from counts against the budget until the last is sent.
    let lease: ByteBudget.Lease
    /// The row of an index below `count`.
    let row: @Sendable (Int) -> [TableValue]

    /// - `count`: how many rows there are.
    /// - `lease`: let go of once the last row is sent.
    /// - `row`: the row of an index below `count`.
    public init(
        name: String, description: String, columns: [Column], count: Int, lease: ByteBudget.Lease,
        row: @escaping @Sendable (Int) -> [TableValue]
    ) {
        self.name = name
        self.description = description
        self.columns = columns
        self.count = count
        self.lease = lease
        self.row = row
    }

    /// How many rows are made before they are written: some 60 kB.
    private static let batch = 500

    /// Whether they are so few that they are made at once.
    var isShort: Bool { count <= Self.batch }

    /// The bytes of the whole table.
    func bytes(_ format: TableFormat, _ extent: TableExtent?) -> [UInt8] {
        var table = writer(format, extent)
        for index in 0..<count { table.append(row(index)) }
        return table.finish()
    }

    private func writer(_ format: TableFormat, _ extent: TableExtent?) -> TableWriter {
        TableWriter(
            format, name: name, columns: columns, description: description, extent: extent)
    }

    /// The same bytes, a part at a time; compressed where they are so sent.
    func body(_ format: TableFormat, _ extent: TableExtent?, _ coding: ContentCoding)
        -> ResponseBody
    {
        ResponseBody { body in
            var table = writer(format, extent)
            let gzip = coding == .gzip ? GzipStream() : nil
            func write(_ bytes: [UInt8], isLast: Bool) async throws {
                let sent = gzip?.compress(bytes, isLast: isLast) ?? bytes
                if !sent.isEmpty { try await body.write(ByteBuffer(bytes: sent)) }
            }
            var next = 0
            while next < count {
                let end = min(next + Self.batch, count)
                for index in next..<end { table.append(row(index)) }
                next = end
                try await write(table.take(), isLast: false)
                // Others have their turn in between.
                await Task.yield()
            }
            try await write(table.finish(), isLast: true)
            withExtendedLifetime(lease) {}
            try await body.finish(nil)
        }
    }
}
