/// What a DAGMan input file describes (HTCondor manual, "DAGMan Input File Syntax").
struct DAG {
    /// In the order of the file, the final one not among them.
    var nodes: [DAGNode] = []
    var final: DAGNode?
    /// Parents by child, with the line that says so.
    var edges: [Edge] = []
    /// The most jobs of a category at a time.
    var limits: [String: Int] = [:]

    struct Edge {
        let parent: String
        let child: String
        let line: Int
    }

    func place(of name: String) -> Int? { nodes.firstIndex { $0.name == name } }
}

/// A node of a DAG.
struct DAGNode {
    let name: String
    let line: Int
    let kind: Kind
    /// Where its files are; the DAG's own folder where `nil`.
    let folder: String?
    var isNoOp = false
    var isDone = false
    var values: [String: String] = [:]
    /// Further attempts, and the exit code after which there is none.
    var retries = 0
    var unlessExit: Int?
    var before: Script?
    var after: Script?
    var category: String?
    var priority = 0
    /// The exit code that ends the DAG, and what the DAG ends with then.
    var abort: (code: Int, status: Int)?

    indirect enum Kind {
        /// One job of a submit description.
        case job(submit: String)
        /// The nodes of another file.
        case inner(DAG)
    }

    struct Script {
        let program: String
        let arguments: [String]
    }
}
