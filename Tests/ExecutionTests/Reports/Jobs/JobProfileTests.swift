import GroundSegment
import Testing

@testable import Execution

@Suite struct JobProfileTests {
    private let request = JobProfile.Request(cores: 2, memory: 1024, walltime: 3600)

    @Test("processor time is told of the requested cores, between samples and over all")
    func processor() throws {
        let samples = [
            SampleRuns.sample(10, cpu: 10, resident: 100),
            SampleRuns.sample(20, cpu: 30, resident: 300),
            SampleRuns.sample(30, cpu: 30, resident: 200),
        ]
        let profile = JobProfile(
            "j", samples, requested: request, begin: MJD(60000), end: nil)
        let percents = profile.samples.map { $0.cpuPercent.rounded() }
        #expect(percents == [50, 100, 0])
        #expect(profile.max.cpuPercent.rounded() == 100)
        #expect(profile.max.rss == 300)
        #expect(profile.mean.rss == 200)
        #expect(profile.mean.vms == 400)
        #expect(profile.mean.cpuPercent.rounded() == 50)
    }

    @Test("what the end told counts where it is more than was sampled")
    func end() throws {
        let profile = JobProfile(
            "j", [SampleRuns.sample(10, cpu: 10, resident: 100)], requested: request,
            begin: MJD(60000),
            end: SampleRuns.attempt(0, .completed, code: 0, seconds: 50, cpu: 60))
        #expect(profile.max.rss == 512)
        #expect(profile.mean.cpuPercent.rounded() == 60)
    }

    @Test("without a sample there is nothing but the request")
    func empty() throws {
        let profile = JobProfile("j", [], requested: request, begin: nil, end: nil)
        #expect(profile.max == JobProfile.Figures(cpuPercent: 0, rss: 0, vms: 0))
        #expect(profile.mean == profile.max)
        #expect(profile.csv == "time,cpu_percent,cpu_s,rss_MiB,vms_MiB,read_MiB,written_MiB")
    }

    @Test("samples are told as comma-separated values")
    func csv() throws {
        let profile = JobProfile(
            "j", [SampleRuns.sample(0, cpu: 0, resident: 1)], requested: request, begin: nil,
            end: nil)
        #expect(
            profile.csv.split(separator: "\n").last
                == "2023-02-25T00:00:00.000000Z,0.0,0.0,1.0,2.0,0.0,0.0")
    }
}
