import Campaigns
import Testing

@Suite struct JobSizingTests {
    @Test func `units of one second are grouped up to four hours`() {
        let sizing = JobSizing(targetWalltime: 14_400, mostUnits: 100_000)
        let request = ResourceRequest(walltime: 1)
        let jobs = sizing.jobs(Array(0..<50_000), for: request)
        #expect(jobs.map(\.count) == [12_500, 12_500, 12_500, 12_500])
        #expect(jobs.flatMap(\.self) == Array(0..<50_000))
        #expect(JobSizing.request(request, units: 12_500).walltime <= 14_400)
    }

    @Test func `a unit that is longer than the target is a job by itself`() {
        let sizing = JobSizing(targetWalltime: 100)
        #expect(sizing.units(for: ResourceRequest(walltime: 1000)) == 1)
        #expect(sizing.jobs([1, 2, 3], for: ResourceRequest(walltime: 1000)).count == 3)
        #expect(sizing.jobs([Int](), for: ResourceRequest()).isEmpty)
    }

    @Test func `disk and input limit a job too`() {
        let request = ResourceRequest(walltime: 1, outputDisk: 100, workDisk: 500)
        #expect(JobSizing(targetWalltime: 100, mostDisk: 1500).units(for: request) == 10)
        #expect(
            JobSizing(targetWalltime: 100, mostInput: 700).units(for: request, input: 200) == 3)
        #expect(JobSizing(targetWalltime: 100, mostUnits: 7).units(for: request) == 7)
    }

    @Test func `sizes differ by one at most`() {
        let sizing = JobSizing(targetWalltime: 10)
        let jobs = sizing.jobs(Array(0..<23), for: ResourceRequest(walltime: 1))
        #expect(jobs.map(\.count) == [8, 8, 7])
    }
}
