import Testing

@testable import Payloads

@Suite struct KernelLogTests {
    @Test("a kill for want of memory is read with its process and its time")
    func kill() {
        let record = """
            3,1234,5678901234,-;Out of memory: Killed process 4321 (perl) total-vm:1kB, anon-rss:2kB
             SUBSYSTEM=x
            """
        let kill = KernelLog.Kill(record: Array(record.utf8)[...])
        #expect(kill?.process == 4321)
        #expect(kill?.time == 5678.901234)
    }

    @Test(
        "other records are none",
        arguments: [
            "", ";", "6,1,2,-;usb 1-1: new device", "3,1,2,-;Killed process x (y)",
            "3;Killed process 3",
            "3,1,x,-;Killed process 3 (y)", "3,1,2,-;Killed process ",
        ])
    func others(record: String) {
        #expect(KernelLog.Kill(record: Array(record.utf8)[...]) == nil)
    }
}
