public import Hummingbird
import NIOCore

/// A request's context: where it comes from.
public struct ClientContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    private let address: SocketAddress?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress
    }

    /// The client's address, or its proxy's; `nil` where it is not known.
    var client: String? { address?.ipAddress }
}
