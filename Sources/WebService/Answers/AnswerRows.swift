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

    /// The same bytes as those of the whole table.
    func body(_ format: TableFormat) -> ResponseBody {
        var writer = TableWriter(format, name: name, columns: columns, description: description)
        guard count > Self.batch else {
            for index in 0..<count { writer.append(row(index)) }
            return ResponseBody(byteBuffer: ByteBuffer(bytes: writer.finish()))
        }
        let table = writer
        return ResponseBody { body in
            var table = table
            var next = 0
            while next < count {
                let end = min(next + Self.batch, count)
                for index in next..<end { table.append(row(index)) }
                next = end
                try await body.write(ByteBuffer(bytes: table.take()))
                // Others have their turn in between.
                await Task.yield()
            }
            try await body.write(ByteBuffer(bytes: table.finish()))
            withExtendedLifetime(lease) {}
            try await body.finish(nil)
        }
    }
}
