/// A stand-in for a pipeline's program: it reads its input files, works for a while and writes
/// products that depend on the inputs' bytes and the item alone.
///
/// `sample-step --makes=PORT,... [--seconds=S] [--kibibytes=K] --PORT=PATH...` - the ports named by
/// `--makes` are written, the others read; the item comes from SGS_ITEM_KIND and SGS_ITEM.
///
/// `sample-step --seconds=S [--cores=C] [--mebibytes=M] [--record=JSON]...` - the task of a recorded
/// workflow: so many cores are busy, so much memory is occupied; what the record says is not read.

import Glibc

let step = SampleStep(
    CommandLine.arguments.dropFirst(), environment: { getenv($0).map { String(cString: $0) } })
do {
    try step.run()
} catch let failure as StepFailure {
    _ = "sample-step: \(failure.message)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(failure.status)
}
