public import Workflows

/// A way in which authors write pipelines; whatever it is, it becomes a graph's document.
public protocol FrontEnd: Sendable {
    /// What files of this kind are called in messages.
    static var kind: String { get }

    /// Whether a file is of this kind, by its name.
    static func reads(_ file: String) -> Bool

    /// The graph that a file describes.
    ///
    /// - Throws: `WorkflowError` with all faults, each with the file and line of the author.
    func graph(of file: String) throws(WorkflowError) -> Graph
}
