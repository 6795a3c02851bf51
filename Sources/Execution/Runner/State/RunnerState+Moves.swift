import GroundSegment

extension RunnerState {
    /// Has products sent to owners that a publication made such after they were made; now and
    /// then, and again at once after some were sent.
    mutating func moveReplicas(at now: MJD) {
        if let last = lastMove, now >= last, now - last < Self.movePause { return }
        guard !isMoving, !isDraining else { return }
        isMoving = true
        lastMove = now
        effects.append(.moveReplicas)
    }

    /// Looks whether a self-test is asked for; it is done beside everything else.
    mutating func lookForSelfTest() {
        guard !isTesting, !isDraining else { return }
        isTesting = true
        effects.append(.selfTest)
    }

    /// Days between two looks.
    private static let movePause = 60.0 / 86400

    mutating func moved(_ count: Int, at now: MJD) {
        isMoving = false
        guard count > 0 else { return }
        lastMove = nil
        moveReplicas(at: now)
    }
}
