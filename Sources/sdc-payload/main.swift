/// Runs one payload and writes down how it ended: `sdc-payload FOLDER WALLTIME PROGRAM ARGUMENT...`
///
/// FOLDER/lock is locked while this process or the payload lives and holds their process ids;
/// FOLDER/stdout and FOLDER/stderr get what the payload says; FOLDER/result.json appears, whole,
/// when it has ended.  When the walltime is over, or this process is asked to end, the payload's
/// process group gets TERM and, ten seconds later, KILL.

import Glibc

let arguments = CommandLine.arguments
guard arguments.count > 3, let walltime = Double(arguments[2]), walltime > 0 else {
    fail(64, "usage: sdc-payload FOLDER WALLTIME PROGRAM ARGUMENT...")
}
let folder = PayloadPlace(path: arguments[1])
guard folder.lock() else { fail(75, "\(folder.path) is locked by another process") }
if folder.isRevokedOrEnded { exit(0) }
let payload = Payload(program: arguments[3], arguments: Array(arguments[4...]), folder: folder)
let outcome = payload.run(walltime: walltime)
guard folder.write(outcome) else { fail(73, "cannot write the result in \(folder.path)") }

func fail(_ status: Int32, _ message: String) -> Never {
    _ = "sdc-payload: \(message)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
}
