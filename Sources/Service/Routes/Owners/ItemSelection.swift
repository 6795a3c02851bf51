import Catalogue
import GroundSegment
import Tables

/// Whether items count for the plans in force.
enum ItemStatus: String, CaseIterable, Sendable {
    /// The plans in force have them; at a time that is asked for, their owners hold them then.
    case inForce = "in-force"
    /// Something published had them, and the plans in force no longer do.
    case dropped
    /// Everything that ever was published.
    case all

    /// - Parameter isAsked: whether the time of ownership is asked for.
    func takes(_ coverage: Ownership.Coverage, isAsked: Bool) -> Bool {
        switch self {
        case .inForce: coverage == .covered || !isAsked && coverage == .newestPlan
        case .dropped: coverage == .dropped
        case .all: true
        }
    }
}

/// The items of a list that a request asks for, by identifier.
struct ItemSelection: Sendable {
    let survey: SurveyOwnership
    let kind: ItemKind
    let time: AskedTime
    let status: ItemStatus
    /// How many more would be in it that the plans in force no longer have.
    let dropped: Int
    private let places: [Int32]

    /// - Parameters:
    ///   - sdc: only those that it holds; all where it is `nil`.
    ///   - role: in which role; in either where it is `nil`.
    init(
        _ kind: ItemKind, of survey: SurveyOwnership, at time: AskedTime, sdc: ID<SDC>? = nil,
        role: Role? = nil, status: ItemStatus = .inForce
    ) {
        self.survey = survey
        self.kind = kind
        self.time = time
        self.status = status
        let items = kind == .tile ? survey.tiles : survey.observations
        var places: [Int32] = []
        var dropped = 0
        for (place, item) in items.enumerated() {
            guard let (holding, coverage) = item.holding(at: time.instant) else { continue }
            let owners = holding.assignment
            let isHeld =
                sdc.map { sdc in
                    role.map { owners[$0] == sdc } ?? owners.contains(sdc)
                } ?? true
            guard isHeld else { continue }
            if status.takes(coverage, isAsked: time.isAsked) {
                places.append(Int32(place))
            } else if coverage == .dropped {
                dropped += 1
            }
        }
        self.places = places
        self.dropped = dropped
    }

    private var items: [OwnedItem] { kind == .tile ? survey.tiles : survey.observations }

    /// How many they are.
    var count: Int { places.count }

    /// The bytes that it takes beside the survey.
    var bytes: Int { places.count * MemoryLayout<Int32>.stride }

    func item(_ index: Int) -> OwnedItem { items[Int(places[index])] }

    func owner(_ index: Int) -> Ownership? { survey.owner(of: item(index), at: time.instant) }

    /// The row of an item in `ItemTable`.
    func row(_ index: Int) -> [TableValue] {
        guard let owner = owner(index) else {
            return [TableValue](repeating: .missing, count: ItemTable.columns.count)
        }
        return ItemTable.row(item(index), owner)
    }

    /// The index of the first item behind an identifier.
    func start(after id: String?) -> Int {
        guard let id else { return 0 }
        return places.firstIndex { NaturalOrder.precedes(id, items[Int($0)].id.text) } ?? count
    }
}
