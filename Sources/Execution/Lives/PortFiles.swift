/// Where the files of a payload's port come from.
public indirect enum PortFiles: Hashable, Sendable {
    /// The run's staged input of this name.
    case input(String)
    /// An element of the list of a parallel node.
    case element(container: Int, index: Int)
    case output(number: Int, port: String)
    /// Of a parallel node, the files of those iterations that completed, in the list's order.
    case list([PortFiles])
    /// Of a parallel node, for each of those iterations the files of all its outputs together.
    case tuples([PortFiles])
    /// There is none: what makes it did not complete, or nothing is joined to the port.
    case absent
}
