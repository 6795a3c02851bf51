extension CommandLineBatchSystem {
    public func poll(
        _ ids: [BatchJobID]
    ) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus] {
        guard !ids.isEmpty else { return [:] }
        return matched(try records(description.poll, ids, name: nil), ids)
    }

    public func find(name: String) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus] {
        guard BatchJob.isName(name) else {
            throw BatchSystemError(.badJob, "found \"\(name)\", expected a job's name")
        }
        for query in description.find {
            let found = try records(query, [], name: name).filter { record in
                query.format == .ids || record.name == name
            }
            let ids = found.flatMap(\.job.ids)
            guard !ids.isEmpty else { continue }
            return query.format == .ids ? try poll(ids) : matched(found, ids)
        }
        return [:]
    }

    public func afterEnd(
        _ ids: [BatchJobID]
    ) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus] {
        var known: [BatchJobID: BatchJobStatus] = [:]
        for query in description.after {
            let open = ids.filter { known[$0].map { !$0.state.isEnded } ?? true }
            guard !open.isEmpty else { break }
            let bases = description.forms.whole(open)
            var records: [OutputRecord] = []
            for part in query.isForEach ? bases.map({ [$0] }) : [bases] {
                records += try self.records(query, open, bases: part, name: nil)
            }
            known.merge(matched(records, open)) { $1 }
        }
        return known
    }

    // MARK: -

    /// What a query tells; nothing where the system knows none of the jobs, or keeps no accounts.
    private func records(
        _ query: BatchQuery, _ ids: [BatchJobID], bases: [String]? = nil, name: String?
    ) throws(BatchSystemError) -> [OutputRecord] {
        let words = CommandWords.fill(
            query.words, ids: ids.map(description.forms.task),
            bases: bases ?? description.forms.whole(ids), name: name)
        let outcome = try run(words)
        guard outcome.exit.isSuccess || outcome.says(description.unknown) else {
            if outcome.says(description.absent) { return [] }
            throw failure(words, outcome, otherwise: .failed)
        }
        do throws(BatchSystemError) {
            return try query.format.records(outcome.output, query)
        } catch {
            // What a command says beside its complaint is not what it says else.
            guard outcome.exit.isSuccess else { return [] }
            throw error
        }
    }

    /// The statuses of the tasks that are asked for.
    private func matched(
        _ records: [OutputRecord], _ ids: [BatchJobID]
    ) -> [BatchJobID: BatchJobStatus] {
        let byBase = Dictionary(grouping: records, by: \.job.base)
        var statuses: [BatchJobID: BatchJobStatus] = [:]
        for id in ids {
            // Of a task that was run again the last one counts.
            guard let record = byBase[id.base]?.last(where: { $0.job.has(id) }) else { continue }
            statuses[id] = status(record)
        }
        return statuses
    }

    private func status(_ record: OutputRecord) -> BatchJobStatus {
        let state = description.state(
            of: record.native, detail: record.detail ?? record.reason, exit: record.exit)
        return BatchJobStatus(
            state, native: record.detail.map { "\(record.native)/\($0)" } ?? record.native,
            reason: record.reason, exit: state.isEnded ? record.exit : nil, host: record.host,
            started: record.started, ended: state.isEnded ? record.ended : nil)
    }
}
