extension RuleTable {
    /// The rules by which campaigns go on.
    public static let standard = RuleTable(rules: starting + running + ending + commands + data)

    /// From the file to the jobs.
    private static let starting: [Rule] = [
        Rule(
            "admitted", "The campaign is approved and what triggers the task has happened.",
            [.task(.registered), .admission(.admitted, .limited)], to: .task(.defined)),
        Rule(
            "lost-input", "What is missing of an input will never come.",
            [
                .task(
                    .defined, .assigning, .ready, .pending, .topreprocess, .throttled, .rerefine),
                .isBroken,
            ], to: .task(.tobroken)),
        Rule(
            "broken", "A task that cannot run has no job left.",
            [.task(.tobroken), .jobs(.none, .waiting, .over)], to: .task(.broken)),
        Rule(
            "to-prepare", "Its inputs are there and a pipeline has to prepare them.",
            [.task(.defined), .hasInputs, .preparation(.open)], to: .task(.topreprocess)),
        Rule(
            "preparing", "The pipeline that prepares the inputs is started.",
            [.task(.topreprocess), .hasInputs], to: .task(.preprocessing)),
        Rule(
            "not-to-prepare", "Inputs that were to be prepared are not there any more.",
            [.task(.topreprocess), .isWaiting], to: .task(.pending)),
        Rule(
            "inputs-prepared", "The pipeline that prepares the inputs is over.",
            [.task(.preprocessing), .preparation(.none, .over)], to: .task(.defined)),
        Rule(
            "inputs-there", "Enough of every input is there.",
            [.task(.defined), .hasInputs, .preparation(.none, .over)], to: .task(.assigning)),
        Rule(
            "inputs-awaited", "Not enough of an input is there.",
            [.task(.defined, .assigning, .ready, .rerefine), .isWaiting], to: .task(.pending)),
        Rule(
            "inputs-came", "What was waited for has come.",
            [.task(.pending), .hasInputs], to: .task(.defined)),
        Rule(
            "placed", "SDCs have been found for its jobs.",
            [.task(.assigning), .hasInputs, .placement(.placed)], to: .task(.ready)),
        Rule(
            "not-placed", "No SDC has been found for its jobs.",
            [.task(.ready), .hasInputs, .placement(.open)], to: .task(.assigning)),
        Rule(
            "too-many-jobs", "The campaign has as many jobs as it may have.",
            [.task(.ready), .hasInputs, .placement(.placed), .admission(.limited)],
            to: .task(.throttled)),
        Rule(
            "fewer-jobs", "The campaign has fewer jobs than it may have.",
            [.task(.throttled), .admission(.admitted), .hasInputs], to: .task(.ready)),
        Rule(
            "throttled-inputs", "A held task has not enough of an input any more.",
            [.task(.throttled), .isWaiting], to: .task(.pending)),
    ]

    /// While jobs run.
    private static let running: [Rule] = [
        Rule(
            "scouts-begin", "Its first jobs are defined; they are measured.",
            [
                .task(.ready), .hasInputs, .placement(.placed), .admission(.admitted),
                .scouts(.open, .failed), .jobs(.waiting, .active, .over),
            ], to: .task(.scouting)),
        Rule(
            "jobs-begin", "Its jobs are defined, and none has to be measured first.",
            [
                .task(.ready), .hasInputs, .placement(.placed), .admission(.admitted),
                .scouts(.none, .enough), .jobs(.waiting, .active, .over),
            ], to: .task(.running)),
        Rule(
            "scouts-enough", "Enough jobs have been measured.",
            [.task(.scouting), .scouts(.none, .enough)], to: .task(.scouted)),
        Rule(
            "scouts-failed", "Too many of the first jobs failed.",
            [.task(.scouting), .scouts(.failed)], to: .task(.exhausted)),
        Rule(
            "others-defined", "The jobs that waited for the scouts are defined.",
            [.task(.scouted), .jobs(.active, .over)], to: .task(.running)),
        Rule(
            "jobs-over", "All jobs are over, no input may still come, and nothing is to be joined.",
            [.task(.running), .jobs(.over), .intake(isOpen: false), .merging(.none, .over)],
            to: .task(.prepared)),
        Rule(
            "to-merge", "All jobs are over and their outputs are to be joined.",
            [.task(.running), .jobs(.over), .intake(isOpen: false), .merging(.open)],
            to: .task(.merging)),
        Rule(
            "merged", "The outputs are joined.",
            [.task(.merging), .merging(.none, .over)], to: .task(.prepared)),
    ]

    /// How tasks end.
    private static let ending: [Rule] = [
        Rule(
            "done", "Nothing was lost and the outputs are closed.",
            [.task(.prepared), .outcome(.complete), .isClosed], to: .task(.done)),
        Rule(
            "finished", "What was lost is tolerated and the outputs are closed.",
            [.task(.prepared), .outcome(.tolerated), .isClosed], to: .task(.finished)),
        Rule(
            "failed", "More was lost than is tolerated.",
            [.task(.prepared), .outcome(.excessive)], to: .task(.failed)),
    ]

    /// What carries out the operators' commands.
    private static let commands: [Rule] = [
        Rule(
            "kill-jobs-over", "All jobs of a killed task are cancelled.",
            [.task(.aborting), .jobs(.none, .waiting, .over)], to: .task(.toabort)),
        Rule("killed", "A killed task is closed.", [.task(.toabort)], to: .task(.aborted)),
        Rule(
            "finish-jobs-over", "The last jobs of a task that is to finish are over.",
            [.task(.finishing), .jobs(.none, .waiting, .over)], to: .task(.passed)),
        Rule(
            "passed", "What a finished task has written is closed.", [.task(.passed)],
            to: .task(.prepared)),
        Rule(
            "retried", "Lost jobs are defined again.",
            [.task(.toretry), .jobs(.none, .waiting, .active)], to: .task(.ready)),
        Rule(
            "nothing-to-retry", "No job is lost any more.",
            [.task(.toretry), .jobs(.over), .outcome(.complete)], to: .task(.ready)),
        Rule(
            "incexec-begins", "The inputs are looked up again.", [.task(.toincexec)],
            to: .task(.rerefine)),
        Rule(
            "looked-up", "The inputs have been looked up again.",
            [.task(.rerefine), .knowsInputs], to: .task(.ready)),
        Rule(
            "reassign-begins", "Another place is to be found.", [.task(.toreassign)],
            to: .task(.reassigning)),
        Rule(
            "taken-back", "The jobs that have not ended are taken back.",
            [.task(.reassigning), .placement(.open), .jobs(.none, .waiting, .over)],
            to: .task(.assigning)),
    ]

    /// Inputs and outputs.
    private static let data: [Rule] = [
        Rule(
            "input-awaited", "Not enough of the data set is there.",
            [.input(.defined), .arrival(.nothing)], to: .input(.pending)),
        Rule(
            "input-arrived", "Enough of the data set is there.",
            [.input(.defined, .pending), .arrival(.enough, .complete)], to: .input(.ready)),
        Rule(
            "input-read", "What is new of the data set is known.",
            [.input(.toupdate), .news(false), .arrival(.enough, .complete)], to: .input(.ready)),
        Rule(
            "input-short", "What is known of the data set is not enough.",
            [.input(.toupdate), .news(false), .arrival(.nothing)], to: .input(.pending)),
        Rule(
            "input-lost", "What is missing of the data set will never come.",
            [.input(.defined, .toupdate, .pending), .arrival(.never)], to: .input(.broken)),
        Rule(
            "input-mended", "What was given up may come after all.",
            [.input(.broken), .arrival(.nothing, .enough, .complete)], to: .input(.toupdate)),
        Rule(
            "input-withdrawn", "The data set is being made anew before it was used.",
            [
                .input(.ready), .arrival(.nothing),
                .task(.defined, .assigning, .ready, .pending, .throttled),
            ], to: .input(.pending)),
        Rule(
            "input-used", "All of the data set is there and all jobs are over.",
            [
                .input(.ready), .arrival(.complete), .news(false), .jobs(.over),
                .task(.running, .merging, .prepared, .passed),
            ], to: .input(.done)),
        Rule(
            "input-grew", "There is more of the data set than the task knows of.",
            [
                .input(.ready, .done), .news(true), .arrival(.enough, .complete),
                .task(.ready, .scouting, .scouted, .running, .merging),
            ], to: .input(.toupdate)),
        Rule(
            "input-asked", "The data set is looked up again.",
            [.input(.ready, .done), .task(.toincexec)], to: .input(.toupdate)),
        Rule(
            "output-placed", "It is known where the data set will be.",
            [.output(.defined), .task(.ready, .scouting, .scouted, .running)],
            to: .output(.ready)),
        Rule(
            "output-written", "Jobs write the data set.",
            [.output(.ready, .prepared, .done), .task(.scouting, .scouted, .running, .merging)],
            to: .output(.running)),
        Rule(
            "output-over", "No more parts of the data set are written.",
            [.output(.defined, .ready, .running), .task(.prepared)], to: .output(.prepared)),
        Rule(
            "output-closed", "The data set is as whole as its task has to make it.",
            [.output(.prepared), .task(.prepared), .outcome(.complete, .tolerated)],
            to: .output(.done)),
    ]
}
