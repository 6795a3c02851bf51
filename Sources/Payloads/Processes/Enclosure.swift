import CProcess
import Glibc

/// What keeps the processes of an agent together: to it comes what they orphan.
struct Enclosure {
    /// The process whose children orphans become.
    let adopter: pid_t
    /// Whether everything in it ends with the agent, whatever ends the agent.
    let isComplete: Bool
    /// The mount namespace that belongs to it.
    let mounts: Descriptor?

    /// A PID namespace where it is wanted and allowed (pid_namespaces(7)), else the agent itself
    /// adopts orphans (prctl(2), PR_SET_CHILD_SUBREAPER).
    ///
    /// - Throws: `PayloadError` of code `configuration` where the system allows neither.
    init(asNamespace: Bool) throws(PayloadError) {
        var mounts: Int32 = -1
        if asNamespace, geteuid() == 0 {
            let first = cprocess_enclose(&mounts)
            if first > 0 {
                adopter = first
                isComplete = true
                self.mounts = Descriptor(owning: mounts)
                return
            }
        }
        guard cprocess_adopt_orphans() == 0 else {
            throw PayloadError(.configuration, "cannot adopt orphaned processes", errno: errno)
        }
        adopter = getpid()
        isComplete = false
        self.mounts = nil
    }
}
