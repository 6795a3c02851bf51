import Testing

@testable import BatchSystems

/// Outputs as the systems write them: Slurm's and Grid Engine's recorded, the others composed from
/// the manuals.
struct OutputTests {
    private func statuses(
        _ name: String, _ format: OutputFormat, _ text: String
    ) throws -> [String: BatchJobStatus] {
        let description = try BatchSystemDescription.builtIn(name)
        var statuses: [String: BatchJobStatus] = [:]
        let query = ([description.poll] + description.after).first { $0.format == format }
        for record in try format.records(text, try #require(query)) {
            let state = description.state(
                of: record.native, detail: record.detail ?? record.reason, exit: record.exit)
            for id in record.job.ids {
                statuses[id.description] = BatchJobStatus(
                    state, native: record.native, reason: record.reason, exit: record.exit,
                    host: record.host, started: record.started, ended: record.ended)
            }
        }
        return statuses
    }

    @Test("squeue's columns")
    func readsSqueue() throws {
        let statuses = try statuses(
            "slurm", .columns,
            """
            1_1|CD|arr-1|n1|0|1795883973|1795883973|None|
            1_2|F|arr-1|n2|768|1795883973|1795883973|NonZeroExitCode|
            1_3|F|arr-1|n3|9|1795883973|1795883973|JobLaunchFailure|
            2_2|PD|arr-1||0|N/A|N/A|Resources|
            3|PD|x||0|N/A|N/A|JobHeldUser|
            4|PD|x||0|N/A|N/A|Nodes required for job are DOWN, DRAINED or reserved|b|
            5+0|R|het|n1|0|1795883973|1795884033|None|
            6|ZZ|x|n1|0|N/A|N/A|None|
            """)
        #expect(
            statuses["1[1]"]
                == BatchJobStatus(
                    .completed, native: "CD", exit: .code(0), host: "n1",
                    started: 1_795_883_973, ended: 1_795_883_973))
        #expect(statuses["1[2]"]?.exit == .code(3))
        #expect(statuses["1[3]"]?.exit == .signal(9))
        #expect(
            statuses["2[2]"]
                == BatchJobStatus(.waiting, native: "PD", reason: "Resources", exit: .code(0)))
        #expect(statuses["3"]?.state == .held)
        #expect(
            statuses["4"]?.reason == "Nodes required for job are DOWN, DRAINED or reserved|b")
        #expect(statuses["6"]?.state == .unknown)
        #expect(statuses.count == 7)
    }

    @Test("scontrol's records")
    func readsScontrol() throws {
        let statuses = try statuses(
            "slurm", .slurmRecords,
            """
            JobId=1 ArrayJobId=1 ArrayTaskId=4-5%2 JobName=arr-1 UserId=root(0) JobState=PENDING \
            Reason=Resources Dependency=(null) ExitCode=0:0 StartTime=Unknown EndTime=Unknown \
            NodeList=(null) Command=/tmp/a b JobState=X
            JobId=7 ArrayJobId=1 ArrayTaskId=6 JobName=arr-1 UserId=root(0) JobState=CANCELLED \
            Reason=None ExitCode=0:15 StartTime=1795883973 EndTime=1795883974 ReqNodeList=(null) \
            NodeList=n2 BatchHost=n2
            JobId=8 JobName=one JobState=NODE_FAIL Reason=NodeDown ExitCode=0:0 NodeList=n1
            """)
        #expect(
            statuses["1[5]"]
                == BatchJobStatus(.waiting, native: "PENDING", reason: "Resources", exit: .code(0)))
        #expect(
            statuses["1[6]"]
                == BatchJobStatus(
                    .cancelled, native: "CANCELLED", exit: .signal(15), host: "n2",
                    started: 1_795_883_973, ended: 1_795_883_974))
        #expect(statuses["8"]?.state == .nodeFailed)
        #expect(statuses.count == 4)
    }

    @Test("every state of squeue(1) has a meaning, compact and whole")
    func knowsAllSlurmStates() throws {
        let description = try BatchSystemDescription.builtIn("slurm")
        let pairs = [
            "BF": "BOOT_FAIL", "CA": "CANCELLED", "CD": "COMPLETED", "CF": "CONFIGURING",
            "CG": "COMPLETING", "DL": "DEADLINE", "F": "FAILED", "NF": "NODE_FAIL",
            "OOM": "OUT_OF_MEMORY", "PD": "PENDING", "PR": "PREEMPTED", "R": "RUNNING",
            "RD": "RESV_DEL_HOLD", "RF": "REQUEUE_FED", "RH": "REQUEUE_HOLD", "RQ": "REQUEUED",
            "RS": "RESIZING", "RV": "REVOKED", "SI": "SIGNALING", "SE": "SPECIAL_EXIT",
            "SO": "STAGE_OUT", "ST": "STOPPED", "S": "SUSPENDED", "TO": "TIMEOUT",
        ]
        for (compact, whole) in pairs {
            let state = description.state(of: compact, detail: "", exit: nil)
            #expect(state != .unknown, "\(compact)")
            #expect(description.state(of: whole, detail: "", exit: nil) == state, "\(whole)")
        }
    }

    @Test("qstat's XML")
    func readsQstat() throws {
        let statuses = try statuses(
            "sge", .gridEngineXML,
            """
            <?xml version='1.0'?>
            <job_info  xmlns:xsd="http://arc.liv.ac.uk/repos/darcs/sge/qstat.xsd">
              <queue_info>
                <job_list state="running">
                  <JB_job_number>1</JB_job_number>
                  <JAT_prio>0.50000</JAT_prio>
                  <JB_name>arr-1</JB_name>
                  <JB_owner>root</JB_owner>
                  <state>r</state>
                  <JAT_start_time>2026-11-28T16:43:26</JAT_start_time>
                  <queue_name>main.q@vm</queue_name>
                  <slots>2</slots>
                  <tasks>4</tasks>
                </job_list>
              </queue_info>
              <job_info>
                <job_list state="pending">
                  <JB_job_number>1</JB_job_number>
                  <JB_name>arr-1</JB_name>
                  <state>hqw</state>
                  <queue_name></queue_name>
                  <tasks>5-9:2</tasks>
                </job_list>
                <job_list state="pending">
                  <JB_job_number>2</JB_job_number>
                  <JB_name>a&amp;b</JB_name>
                  <state>Eqw</state>
                </job_list>
              </job_info>
            </job_info>
            """)
        #expect(
            statuses["1[4]"]
                == BatchJobStatus(.running, native: "r", host: "vm", started: 1_795_884_206))
        #expect(statuses["1[7]"] == BatchJobStatus(.held, native: "hqw"))
        #expect(statuses["2"]?.state == .held)
        #expect(statuses.keys.sorted() == ["1[4]", "1[5]", "1[7]", "1[9]", "2"])
    }

    @Test("qacct's blocks: both failed and exit_status count")
    func readsQacct() throws {
        func block(
            _ task: String, failed: String, status: String, wallclock: String = "0s"
        ) -> String {
            """
            ==============================================================
            qname        main.q              
            hostname     vm                  
            jobname      arr-1               
            jobnumber    1                   
            taskid       \(task)
            start_time   Sat Nov 28 16:43:26 2026
            end_time     Sat Nov 28 16:43:27 2026
            failed       \(failed)
            exit_status  \(status)
            ru_wallclock \(wallclock)
            category     -l h_rt=60 -pe smp 2

            """
        }
        let text = [
            block("1", failed: "0    ", status: "0                   "),
            block("2", failed: "0    ", status: "3                   "),
            block(
                "3", failed: "100 : assumedly after job", status: "137                  (Killed)"),
            block(
                "5", failed: "37  : qmaster enforced h_rt, h_cpu, or h_vmem limit",
                status: "140                  (User defined signal 2)"),
            block("6", failed: "28  : changing into working directory", status: "0"),
            block(
                "7", failed: "100 : assumedly after job", status: "137  (Killed)",
                wallclock: "61.2s"),
            block("undefined", failed: "0", status: "0"),
        ].joined()
        let statuses = try statuses("sge", .gridEngineAccounting, text)
        #expect(
            statuses["1[1]"]
                == BatchJobStatus(
                    .completed, native: "failed", exit: .code(0), host: "vm",
                    started: 1_795_884_206, ended: 1_795_884_207))
        #expect(statuses["1[2]"]?.state == .failed)
        #expect(statuses["1[2]"]?.exit == .code(3))
        #expect(statuses["1[3]"]?.exit == .signal(9))
        #expect(statuses["1[3]"]?.reason == "100 : assumedly after job")
        #expect(statuses["1[5]"]?.state == .timedOut)
        // Never began: its exit status 0 is none.
        #expect(statuses["1[6]"]?.state == .failed)
        #expect(statuses["1[6]"]?.exit == nil)
        #expect(statuses["1[7]"]?.state == .timedOut)
        #expect(statuses["1"]?.state == .completed)
    }

    @Test("PBS's JSON, composed from qstat(1B)")
    func readsPBS() throws {
        let statuses = try statuses(
            "pbs", .pbsJSON,
            """
            {"timestamp":1, "pbs_version":"22.05.11", "pbs_server":"s", "Jobs":{
              "12.s":{"Job_Name":123, "job_state":"F", "Exit_status":0, "substate":92,
                "exec_host":"n7/0*2+n8/0", "stime":"Sat Nov 28 16:43:26 2026"},
              "13[].s":{"Job_Name":"a", "job_state":"B", "substate":42},
              "13[1].s":{"Job_Name":"a", "job_state":"X", "Exit_status":3, "substate":93},
              "13[2].s":{"Job_Name":"a", "job_state":"F", "Exit_status":271, "substate":91},
              "13[3].s":{"Job_Name":"a", "job_state":"F", "Exit_status":-29, "substate":93},
              "13[4].s":{"Job_Name":"a", "job_state":"F", "Exit_status":-27, "substate":93},
              "14.s":{"Job_Name":"b", "job_state":"H", "comment":"held by user"}}}
            """)
        #expect(
            statuses["12"]
                == BatchJobStatus(
                    .completed, native: "F", exit: .code(0), host: "n7", started: 1_795_884_206))
        #expect(statuses["13[1]"]?.exit == .code(3))
        #expect(statuses["13[1]"]?.state == .failed)
        #expect(statuses["13[2]"]?.state == .cancelled)
        #expect(statuses["13[2]"]?.exit == .signal(15))
        #expect(statuses["13[3]"]?.state == .timedOut)
        #expect(statuses["13[4]"]?.state == .outOfMemory)
        #expect(statuses["14"] == BatchJobStatus(.held, native: "H", reason: "held by user"))
        #expect(statuses.count == 6)
    }

    @Test("HTCondor's JSON, composed from its manual")
    func readsHTCondor() throws {
        let statuses = try statuses(
            "htcondor", .htcondorJSON,
            """
            [
            {"ClusterId":5,"ProcId":0,"TotalSubmitProcs":3,"JobStatus":2,"JobBatchName":"a",
             "RemoteHost":"slot1@n1","JobStartDate":1795884206},
            {"ClusterId":5,"ProcId":1,"TotalSubmitProcs":3,"JobStatus":4,"ExitBySignal":true,
             "ExitSignal":9,"CompletionDate":1795884207},
            {"ClusterId":5,"ProcId":2,"TotalSubmitProcs":3,"JobStatus":5,"HoldReasonCode":34,
             "HoldReason":"Error from slot1@n1: memory usage exceeded request_memory"},
            {"ClusterId":6,"ProcId":0,"TotalSubmitProcs":1,"JobStatus":4,"ExitBySignal":false,
             "ExitCode":3},
            {"ClusterId":7,"ProcId":0,"TotalSubmitProcs":1,"JobStatus":5,"HoldReasonCode":1,
             "HoldReason":"via condor_hold (by user a)"}
            ]
            """)
        #expect(
            statuses["5[1]"]
                == BatchJobStatus(
                    .running, native: "Running", host: "slot1@n1", started: 1_795_884_206))
        #expect(statuses["5[2]"]?.exit == .signal(9))
        #expect(statuses["5[2]"]?.state == .failed)
        #expect(statuses["5[2]"]?.ended == 1_795_884_207)
        #expect(statuses["5[3]"]?.state == .outOfMemory)
        #expect(statuses["6"]?.exit == .code(3))
        #expect(statuses["7"]?.state == .held)
        #expect(try self.statuses("htcondor", .htcondorJSON, "\n").isEmpty)
    }

    @Test(
        "what is no answer is unreadable",
        arguments: [
            ("slurm", OutputFormat.columns, "1|R"), ("slurm", .slurmRecords, "JobId=1 x"),
            ("sge", .gridEngineXML, "<job_info><job_list>"), ("sge", .gridEngineXML, ""),
            ("sge", .gridEngineAccounting, "======\njobnumber 1\n"), ("pbs", .pbsJSON, "[1]"),
            ("pbs", .pbsJSON, "{\"Jobs\":{\"1.s\":{}}}"), ("pbs", .pbsJSON, "{\"Jobs"),
            ("htcondor", .htcondorJSON, "[{}]"), ("htcondor", .htcondorJSON, "[1]"),
            ("htcondor", .htcondorJSON, "{}"),
            ("htcondor", .htcondorJSON, "[{\"ClusterId\":1e300,\"ProcId\":0,\"JobStatus\":2}]"),
        ] as [(String, OutputFormat, String)])
    func refuses(name: String, format: OutputFormat, text: String) {
        let error = #expect(throws: BatchSystemError.self) {
            try statuses(name, format, text)
        }
        #expect(error?.code == .unreadable)
    }

    @Test(
        "ranges of tasks",
        arguments: [
            ("3", [3]), ("1-4", [1, 2, 3, 4]), ("1,3,5-6", [1, 3, 5, 6]), ("1-9:4", [1, 5, 9]),
            ("2-3%1", [2, 3]), ("", nil), ("4-1", nil), ("a", nil), ("1-", nil), ("1-2-3", nil),
            ("1-5:0", nil), ("-1", nil), ("1-99999999999999999999", nil), ("1-200000", nil),
            ("1,,2", nil),
        ] as [(String, [Int]?)])
    func readsRanges(text: String, numbers: [Int]?) {
        #expect(TaskRanges(text)?.numbers == numbers)
        for number in numbers ?? [] { #expect(TaskRanges(text)?.has(number) == true) }
        #expect(TaskRanges(text)?.has(10) != true)
    }

    @Test("times and durations")
    func readsTimes() {
        #expect(SystemTime.ctime("Thu Jan  1 00:00:01 1970") == 1)
        #expect(SystemTime.iso("1970-01-02T00:00:00") == 86_400)
        #expect(SystemTime.ctime("undefined") == nil)
        #expect(SystemTime.iso("2026-13-01T00:00:00") == nil)
        #expect(SystemTime.duration("336:00:00") == 1_209_600)
        #expect(SystemTime.duration("300") == 300)
        #expect(SystemTime.duration("x") == nil)
        #expect(SystemTime.duration("999999999:999999999:999999999:9:9:9:9:9:9:9:9") == nil)
    }
}
