/// How the storage of an SDC is reached from elsewhere, as the mapping `site: transport:` of its
/// description says.
public struct SiteTransport: Hashable, Sendable {
    public enum Way: Hashable, Sendable {
        /// The SDC's folder, on a file system that is mounted here.
        case file(folder: String)
        case rsync(RsyncAddress)
    }

    public var way: Way
    /// KiB/s of one transfer; unlimited where `nil`.
    public var bandwidth: Int?
    /// Transfers at the same time; unlimited where `nil`.
    public var atOnce: Int?

    public init(_ way: Way, bandwidth: Int? = nil, atOnce: Int? = nil) {
        self.way = way
        self.bandwidth = bandwidth
        self.atOnce = atOnce
    }
}

/// Where rsync(1) finds the folder of an SDC.
public struct RsyncAddress: Hashable, Sendable {
    public enum Access: Hashable, Sendable {
        /// Through ssh(1): a private key and a file of the hosts' keys, those of the user where
        /// `nil`.
        case ssh(key: String?, knownHosts: String?)
        /// rsync's own daemon, with a file that holds the password where it asks for one.
        case daemon(passwordFile: String?)
    }

    public var host: String
    public var port: Int?
    public var user: String?
    /// An absolute folder; of a daemon a module, and a folder in it: `sgs/SDC-FR`.
    public var path: String
    public var access: Access

    public init(
        host: String, port: Int? = nil, user: String? = nil, path: String, access: Access
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.path = path
        self.access = access
    }

    /// A file below the folder, or the folder itself, as rsync names it.
    func place(of file: String) -> String {
        let host = host.contains(":") ? "[\(host)]" : host
        let login = user.map { "\($0)@" } ?? ""
        switch access {
        case .ssh: return "\(login)\(host):\(path)/\(file)"
        case .daemon:
            return "rsync://\(login)\(host)\(port.map { ":\($0)" } ?? "")/\(path)/\(file)"
        }
    }

    /// How rsync gets there.
    var arguments: [String] {
        switch access {
        case .ssh(let key, let knownHosts):
            var words = [
                "ssh", "-oBatchMode=yes", "-oConnectTimeout=20", "-oServerAliveInterval=15",
                "-oServerAliveCountMax=4",
            ]
            if let port { words += ["-p", String(port)] }
            if let key { words += ["-i", key, "-oIdentitiesOnly=yes"] }
            if let knownHosts {
                words += ["-oUserKnownHostsFile=\(knownHosts)", "-oStrictHostKeyChecking=yes"]
            }
            return ["--rsh=" + words.joined(separator: " ")]
        case .daemon(let passwordFile):
            return ["--contimeout=20"] + (passwordFile.map { ["--password-file=\($0)"] } ?? [])
        }
    }
}
