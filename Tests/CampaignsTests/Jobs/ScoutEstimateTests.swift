import Campaigns
import Testing

@Suite struct ScoutEstimateTests {
    @Test func `percentiles and margins are those of JEDI`() throws {
        // 20 jobs: processor 10, 20 ... 200 s; peak 1100, 1200 ... 3000 MiB on two cores.
        let jobs = (1...20).map { number in
            let place = Double(number)
            return JobMeasurement(
                cores: 2, processor: place * 10, walltime: place * 6,
                peakMemory: 1000 + place * 100, outputDisk: place, workDisk: place * 2)
        }
        let estimate = try #require(ScoutEstimate(jobs, base: 500, leastMemory: 300))
        #expect(estimate.measured == 20)
        #expect(estimate.processor == 190 * 1.5)
        #expect(estimate.walltime == 114 * 1.5)
        // The 15th of 20: (2500 - 500) / 2 and a tenth more.
        #expect(estimate.memoryPerCore == 1100)
        #expect(estimate.outputDisk == 15)
        #expect(estimate.workDisk == 40)
    }

    @Test func `memory is never below the minimum, and times are for one unit`() throws {
        let jobs = [JobMeasurement(units: 4, processor: 40, walltime: 80, peakMemory: 100)]
        let estimate = try #require(ScoutEstimate(jobs, leastMemory: 500, leastWalltime: 20))
        #expect(estimate.memoryPerCore == 500)
        #expect(estimate.processor == 15)
        #expect(estimate.walltime == 30)
        #expect(ScoutEstimate(jobs)?.walltime == 60)
        #expect(ScoutEstimate([]) == nil)
    }

    @Test(arguments: [(1, 95, 1), (20, 95, 19), (20, 75, 15), (3, 75, 3), (100, 95, 95)])
    func `a percentile is of the nearest rank`(count: Int, percent: Int, rank: Int) {
        let values = (1...count).map(Double.init).shuffled()
        #expect(ScoutEstimate.percentile(percent, values) == Double(rank))
    }

    @Test func `it is time for an estimate at the scouts, at half of all and at 100`() {
        var due: [Int] = []
        for measured in 1...200
        where ScoutEstimate.isDue(before: measured - 1, measured: measured, scouts: 10, of: 160) {
            due.append(measured)
        }
        #expect(due == [10, 80, 100])
        #expect(ScoutEstimate.isDue(before: 3, measured: 25, scouts: 10, of: 160))
    }

    @Test
    func `a campaign of 200 with a request that is wrong by 3 is within 15 % after its scouts`()
        throws
    {
        var generator = SeededGenerator(seed: 5)
        let truth = 2400.0
        let jobs = (0..<10).map { _ in
            JobMeasurement(
                processor: 3600, walltime: 3600,
                peakMemory: truth * Double.random(in: 0.9...1, using: &generator))
        }
        let own = ResourceRequest(memoryPerCore: 7200, walltime: 1200)
        let request = try #require(ScoutEstimate(jobs)).request(after: own)
        #expect(abs(Double(request.memoryPerCore) / truth - 1) < 0.15)
        #expect(request.walltime == 5400)
        #expect(request.cores == 1)
    }

    @Test(arguments: [
        (0, 0, 0, ScoutProgress.none), (10, 0, 0, .open), (10, 9, 0, .open), (10, 9, 1, .enough),
        (10, 6, 4, .enough), (10, 5, 5, .failed), (10, 0, 5, .failed), (1, 0, 1, .failed),
        (1, 1, 0, .enough),
    ])
    func `scouts are enough when all are over and more than half ended well`(
        wanted: Int, finished: Int, failed: Int, progress: ScoutProgress
    ) {
        #expect(ScoutProgress.of(wanted: wanted, finished: finished, failed: failed) == progress)
    }

    @Test func `a scout that never ends is not waited for`() {
        #expect(!ScoutProgress.isEndless(age: 3000, asked: 1000, finished: [], of: 10))
        #expect(ScoutProgress.isEndless(age: 3001, asked: 1000, finished: [], of: 10))
        let half = [100.0, 90, 80, 110, 120]
        #expect(ScoutProgress.isEndless(age: 1201, asked: 100_000, finished: half, of: 10))
        #expect(!ScoutProgress.isEndless(age: 1199, asked: 100_000, finished: half, of: 10))
        #expect(!ScoutProgress.isEndless(age: 1201, asked: 100_000, finished: half, of: 11))
    }
}
