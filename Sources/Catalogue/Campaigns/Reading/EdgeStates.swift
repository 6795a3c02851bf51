import Campaigns
import GroundSegment
import PostgreSQL

/// A row of sgs.campaign_edge.
struct EdgeRow {
    let data: String
    let producer: Int?
    let consumer: Int?
    let output: OutputState?
    let input: InputState?

    init(_ row: Row) throws {
        data = try row.decode("data_set")
        producer = try row.decode("producer")
        consumer = try row.decode("consumer")
        output = try word(row, "output_state", OutputState.self)
        input = try word(row, "input_state", InputState.self)
    }
}

/// The states of a campaign's data sets at the tasks that make and read them.
struct EdgeStates {
    private struct End: Hashable {
        let task: Int
        let data: String
    }

    private var inputs: [End: InputState] = [:]
    private var outputs: [End: OutputState] = [:]

    init(_ rows: [EdgeRow]) {
        for row in rows {
            if let task = row.consumer, let state = row.input {
                inputs[End(task: task, data: row.data)] = state
            }
            if let task = row.producer, let state = row.output {
                outputs[End(task: task, data: row.data)] = state
            }
        }
    }

    /// The state of a data set as an input of a task; `nil` where it has none yet.
    func input(_ data: ID<DataSet>, of task: Int) -> InputState? {
        inputs[End(task: task, data: data.text)]
    }

    /// The state of a data set as an output of a task; `nil` where it has none yet.
    func output(_ data: ID<DataSet>, of task: Int) -> OutputState? {
        outputs[End(task: task, data: data.text)]
    }
}
