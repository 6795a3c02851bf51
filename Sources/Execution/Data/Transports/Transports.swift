import GroundSegment
import Synchronization

/// The ways to the storages of all SDCs.
final class Transports: Sendable {
    private let storage: Storage
    private let sites: [ID<SDC>: SiteTransport]
    private let known: KnownFiles
    /// One for each SDC, so that its limits hold for all transfers together.
    private let made = Mutex<[ID<SDC>: any StorageTransport]>([:])

    init(_ configuration: RunnerConfiguration, known: KnownFiles) {
        storage = configuration.storage
        sites = configuration.transports
        self.known = known
    }

    /// The way to an SDC: what its site says, else the folder beside ours.
    func way(to sdc: ID<SDC>) -> any StorageTransport {
        made.withLock { made in
            if let transport = made[sdc] { return transport }
            let site = sites[sdc]
            var transport: any StorageTransport =
                switch site?.way {
                case .rsync(let address):
                    RsyncTransport(address: address, bandwidth: site?.bandwidth, known: known)
                case .file(let folder):
                    FileTransport(
                        folder: folder, writer: storage, known: known, bandwidth: site?.bandwidth)
                case nil:
                    FileTransport(folder: storage.folder(of: sdc), writer: storage, known: known)
                }
            if let atOnce = site?.atOnce { transport = LimitedTransport(transport, atOnce: atOnce) }
            made[sdc] = transport
            return transport
        }
    }
}
