import Glibc

/// Use of the processor for a while: as many threads as cores, each busy for its part of every
/// twentieth of a second.
struct Load {
    private let threads: Int
    /// Of its time that a thread is busy, 0 to 1.
    private let part: Double
    private let end: Double

    /// - Parameters:
    ///   - cores: the mean number that is busy; 64 at most.
    ///   - seconds: from now.
    init(cores: Double, seconds: Double) {
        let cores = min(cores, 64)
        threads = max(1, Int(cores.rounded(.up)))
        part = cores / Double(threads)
        end = Self.now + seconds
    }

    func run() {
        let others = (1..<threads).compactMap { _ -> pthread_t? in
            let share = UnsafeMutablePointer<Load>.allocate(capacity: 1)
            share.initialize(to: self)
            var thread = pthread_t()
            let status = pthread_create(
                &thread, nil,
                { argument in
                    let share = argument?.assumingMemoryBound(to: Load.self)
                    share?.pointee.spend()
                    share?.deallocate()
                    return nil
                }, share)
            if status == 0 { return thread }
            share.deallocate()
            return nil
        }
        spend()
        for thread in others { pthread_join(thread, nil) }
    }

    private func spend() {
        let slice = 0.05
        var start = Self.now
        while start < end {
            let stop = min(end, start + slice)
            let busy = start + (stop - start) * part
            while Self.now < busy {}
            let rest = stop - Self.now
            if rest > 0 {
                var pause = timespec(tv_sec: 0, tv_nsec: Int(rest * 1e9))
                nanosleep(&pause, nil)
            }
            start = stop
        }
    }

    /// Seconds of the clock that nobody sets.
    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
