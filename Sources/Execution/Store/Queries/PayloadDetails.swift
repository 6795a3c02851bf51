import GroundSegment
import Workflows

/// What a payload seldom has, as a JSON document in the store.
struct PayloadDetails: Codable, Hashable, Sendable {
    /// MiB granted now.
    var memory: Int?
    var resources: Resources?
    /// MJD before which it does not run.
    var notBefore: Double?
    var priority: Int?
    /// The children that it asks for while it runs.
    var asked: Subjobs?
    var isAnew: Bool?
}

extension PayloadDetails {
    /// `nil` where there is nothing of it.
    init?(_ life: PayloadLife) {
        memory = life.memory
        resources = life.resources
        notBefore = life.notBefore?.days
        priority = life.priority == 0 ? nil : life.priority
        asked = life.asked
        isAnew = life.isAnew ? true : nil
        if memory == nil && resources == nil && notBefore == nil && priority == nil && asked == nil
            && isAnew == nil
        {
            return nil
        }
    }

    var text: String {
        get throws { try Document.text(self) }
    }
}

extension PayloadLife {
    init(
        state: PayloadState, attempts: Int, failures: Int, losses: Int, message: String,
        details: PayloadDetails?
    ) {
        self.init(
            state: state, attempts: attempts, failures: failures, losses: losses,
            memory: details?.memory, resources: details?.resources,
            notBefore: details?.notBefore.map { MJD($0) }, priority: details?.priority ?? 0,
            message: message, asked: details?.asked, isAnew: details?.isAnew ?? false)
    }
}

/// What a container turned out to hold, as a JSON document in the store.
struct ExpansionDocument: Codable {
    private let container: Int
    private var elements: [String]?
    private var subjobs: Subjobs?
    private var isWithdrawn: Bool?

    init(_ expansion: Expansion) {
        container = expansion.container
        switch expansion.content {
        case .nested: break
        case .parallel(let elements): self.elements = elements
        case .subjobs(let subjobs): self.subjobs = subjobs
        case .withdrawn: isWithdrawn = true
        }
    }

    var expansion: Expansion {
        let content: Expansion.Content =
            if let elements { .parallel(elements) } else if let subjobs {
                .subjobs(subjobs)
            } else if isWithdrawn == true { .withdrawn } else { .nested }
        return Expansion(container: container, content)
    }
}
