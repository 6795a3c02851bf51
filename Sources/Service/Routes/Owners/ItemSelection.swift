import Catalogue
import GroundSegment
import Tables

/// The items of a list that a request asks for, by identifier.
struct ItemSelection: Sendable {
    let survey: SurveyOwnership
    let kind: ItemKind
    let time: AskedTime
    private let places: [Int32]

    /// - Parameters:
    ///   - sdc: only those that it holds; all where it is `nil`.
    ///   - role: in which role; in either where it is `nil`.
    init(
        _ kind: ItemKind, of survey: SurveyOwnership, at time: AskedTime, sdc: ID<SDC>? = nil,
        role: Role? = nil
    ) {
        self.survey = survey
        self.kind = kind
        self.time = time
        let items = kind == .tile ? survey.tiles : survey.observations
        places = items.indices.compactMap { place in
            guard let owner = time.owner(of: items[place], in: survey) else { return nil }
            let isAsked =
                sdc.map { sdc in
                    role.map { owner.assignment[$0] == sdc } ?? owner.assignment.contains(sdc)
                } ?? true
            return isAsked ? Int32(place) : nil
        }
    }

    private var items: [OwnedItem] { kind == .tile ? survey.tiles : survey.observations }

    /// How many they are.
    var count: Int { places.count }

    /// The bytes that it takes beside the survey.
    var bytes: Int { places.count * MemoryLayout<Int32>.stride }

    func item(_ index: Int) -> OwnedItem { items[Int(places[index])] }

    func owner(_ index: Int) -> Ownership? { time.owner(of: item(index), in: survey) }

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
        let place = ID<OwnedItem>(id)
        return places.firstIndex { ID<OwnedItem>(items[Int($0)].id.text) > place } ?? count
    }
}
