import GroundSegment
import Payloads
import Workflows

/// One attempt of one payload of one run.
struct AttemptKey: Hashable, Sendable {
    let run: Int64
    let payload: Int
    let attempt: Int
}

/// A payload of a run, by their numbers.
struct PayloadKey: Hashable, Sendable {
    let run: Int64
    let payload: Int
}

/// What happens to a runner.
enum RunnerEvent: Sendable {
    /// There may be orders to take, or it is time to look.
    case wake
    /// The orders that the source gave.
    case taken(Result<[ProcessingOrder], ExecutionError>)
    /// What of the SDC's orders nobody has taken.
    case outstanding(Result<DueOrders, ExecutionError>)
    /// What operators want of the orders that are here.
    case wishes(Result<[OrderWish], ExecutionError>)
    /// The self-test that was asked for is done, or none was.
    case selfTested
    /// So many products were sent to owners that lacked them.
    case moved(Int)
    /// An order of a pipeline that is unknown here was sent back.
    case refused(Result<Bool, ExecutionError>)
    case staged(Int64, Result<InputStaging.Result, ExecutionError>)
    /// The list that a parallel payload runs over was read.
    case listed(PayloadKey, Result<[String], ExecutionError>)
    /// The resources that an earlier payload asks for were read.
    case measured(PayloadKey, Result<Resources, ExecutionError>)
    /// What attempts need before they can start is there.
    case prepared([(key: AttemptKey, result: Result<PreparedAttempt, ExecutionError>)])
    /// Whether something that was done stands for a payload: its files, where they lie now.
    case lookedUp(PayloadKey, ReusedAttempt?)
    case host(HostID, HostNotice)
    /// Hosts are asked for by what is in line.
    case demanded(Reply<HostDemand>)
    /// What was found of an attempt that the host does not have: its result where there is one,
    /// and whether a host had begun it.
    case found(AttemptKey, AttemptResult?, hasBegun: Bool)
    /// The files of an attempt that ended were looked at.
    case examined(AttemptKey, AttemptResult, Examination)
    /// The inputs of an attempt's run were made good again.
    case repaired(AttemptKey, Result<InputStaging.Result, ExecutionError>)
    case kept(Int64, Result<OutputKeeping.Result, ExecutionError>)
    /// What old runs left was looked through.
    case retained
    case flushed(OutboxSending.Result)
    /// Copies that nobody needs are gone, or have to stay for now.
    case dropped(isDone: Bool)
    /// A command was put into the inbox; whoever gave it waits for its answer.
    case given(Int64, Reply<CommandAnswer>)
    case asked(RunnerQuestion, Reply<RunnerFacts>)
    /// Finish what is under way and take nothing more.
    case drain
    /// The runner cannot go on: its store or the way to its files is gone.
    case broken(any Error)
}

/// What a runner's state asks for; it is done after what led to it is in the store.
enum RunnerEffect: Sendable {
    case takeOrders(limit: Int)
    case begin(ProcessingOrder)
    case askOutstanding
    case askWishes
    case moveReplicas
    case selfTest
    case stage(Int64)
    case readList(PayloadKey, path: String)
    case readResources(PayloadKey, path: String, Resources)
    /// Make what attempts need that are to run one after the other.
    case prepare([(key: AttemptKey, plan: AttemptPlan)])
    /// Look for a completed attempt of the same command, inputs and release; its files are to
    /// lie in this folder.
    case lookUp(PayloadKey, AttemptPlan, folder: String)
    case send(RunnerMessage, to: HostID)
    /// There is something in line, and was nothing before.
    case callHosts
    /// Look for what became of an attempt that its host does not have.
    case find(AttemptKey, AttemptPlan, on: HostID)
    case examine(AttemptKey, AttemptPlan, AttemptResult)
    case keep(Int64)
    /// Bring again the inputs of an attempt that are not what they were.
    case repair(AttemptKey)
    case removeWork(ID<Run>)
    /// Remove what the runs left that an operator removed.
    case sweepRemoved
    /// Remove what too old runs left.
    case retain
    case flush(withReplicas: Bool)
    case dropIdleCopies
    /// Apply the next command that was given, and those after it.
    case readInbox
    case awaitAnswer(Int64, Reply<CommandAnswer>)
    case answer(Int64, CommandAnswer)
}

/// How somebody who waits is told.
struct Reply<Answer: Sendable>: Sendable {
    let send: @Sendable (Answer) -> Void
}
