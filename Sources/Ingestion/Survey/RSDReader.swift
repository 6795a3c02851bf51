import Documents
import GroundSegment
import Tables

/// Reads Euclid's reference survey definition as a stream of XML events, also compressed.
///
/// ObservationRequest, below it PointingRequest and SurveyId, below that Mjd2000, Longitude,
/// Latitude and PositionAngle are looked for at any depth and in any namespace; of several
/// elements of one name the first counts, and others are skipped.  A request inside another one
/// of its kind, a pointing of no observation and a value with elements in it are faults.
struct RSDReader {
    private let faults: FaultLog
    private let take: (SurveyRecord) -> Void
    private var observation: RSDObservation?
    private var isInPointing = false
    /// The value whose text is being read.
    private var value: RSDElement?
    private var text = ""
    /// How many elements are open within one that is passed over.
    private var passedOver = 0
    private var count = 0
    /// What names mean, by their numbers in the stream.
    private var elements: [RSDElement] = []

    private init(faults: FaultLog, take: @escaping (SurveyRecord) -> Void) {
        self.faults = faults
        self.take = take
    }

    /// Reads a file and hands over its observations one by one; faults go to the log.
    static func read(_ path: String, faults: FaultLog, take: @escaping (SurveyRecord) -> Void) {
        var isEmpty = true
        do {
            let file = try CompressedFile(path: path)
            try file.checkCompression()
            var reader = RSDReader(faults: faults, take: take)
            let stream = XMLStream { buffer in
                let count = try file.read(into: buffer)
                if count > 0 { isEmpty = false }
                return count
            }
            while let event = try stream.next() { reader.read(event, of: stream) }
            if reader.count == 0 { noObservation(faults) }
        } catch is XMLError where isEmpty {
            noObservation(faults)
        } catch let error as XMLError {
            faults.add(
                line: error.line, column: error.column, found: error.found,
                expected: error.expected)
        } catch let error as TableError {
            faults.add(line: error.line, found: error.found, expected: error.expected)
        } catch {
            faults.add(found: "\(error)", expected: "a readable file")
        }
    }

    private static func noObservation(_ faults: FaultLog) {
        faults.add(found: "no ObservationRequest", expected: "at least one")
    }

    private mutating func read(_ event: XMLStream.Event, of stream: XMLStream) {
        switch event {
        case .text:
            if value != nil { text += stream.text }
        case .start(let name):
            let element = element(name)
            if passedOver > 0 {
                passedOver += 1
            } else {
                start(element, name.local, of: stream)
            }
        case .end(let name):
            let element = element(name)
            if passedOver > 0 {
                passedOver -= 1
            } else {
                end(element, line: stream.line)
            }
        }
    }

    /// What a name means; asked of each as it is met, so that each has its own place.
    private mutating func element(_ name: XMLName) -> RSDElement {
        while elements.count <= name.number { elements.append(RSDElement(name.local)) }
        return elements[name.number]
    }

    private mutating func start(_ element: RSDElement, _ name: String, of stream: XMLStream) {
        if value != nil {
            return passOver(
                name, at: stream.line, within: "a value of observation \(observation?.id ?? "")",
                expected: "text without elements")
        }
        switch element {
        case .observation:
            count += 1
            if let observation {
                return passOver(
                    name, at: stream.line, within: text(observation),
                    expected: "the end of that one before it")
            }
            observation = RSDObservation(id: stream.attribute("id") ?? "", line: stream.line)
        case .pointing:
            guard observation != nil, !isInPointing else {
                return passOver(
                    name, at: stream.line,
                    within: observation.map { "another of \(text($0))" } ?? "no ObservationRequest",
                    expected: "PointingRequests side by side in an ObservationRequest")
            }
            isInPointing = true
            self.observation?.pointings.append(.init(line: stream.line))
        case .kind:
            if observation?.kind == "" && !isInPointing { value = element }
        case .value:
            if isInPointing { value = element }
        case .other:
            break
        }
    }

    private func text(_ observation: RSDObservation) -> String {
        "observation \(observation.id) (line \(observation.line))"
    }

    /// Notes an element that cannot be where it is, and skips what is in it.
    private mutating func passOver(
        _ name: String, at line: Int, within place: String, expected: String
    ) {
        passedOver = 1
        faults.add(line: line, field: name, found: "it inside \(place)", expected: expected)
    }

    private mutating func end(_ element: RSDElement, line: Int) {
        switch element {
        case .observation:
            if let record = observation?.record(faults: faults) { take(record) }
            observation = nil
        case .pointing:
            isInPointing = false
        case .kind:
            if value != nil { observation?.kind = PlainText.trimmed(text) }
        case .value(let number):
            if value != nil { keep(PlainText.trimmed(text), as: number, line: line) }
        case .other:
            break
        }
        value = nil
        text.removeAll(keepingCapacity: true)
    }

    /// Keeps a pointing's number, unless it has one by that name.
    private mutating func keep(_ text: String, as value: RSDValue, line: Int) {
        guard let last = observation?.pointings.indices.last,
            observation?.pointings[last][value] == nil
        else { return }
        let number = PlainText.decimal(text)
        observation?.pointings[last][value] = number ?? .nan
        if number == nil {
            faults.add(
                line: line, field: "\(value.rawValue) of observation \(observation?.id ?? "")",
                found: "\"\(text)\"", expected: value.expected)
        }
    }
}

/// What an element of an RSD is to the planner.
private enum RSDElement {
    case observation, pointing, kind, other
    case value(RSDValue)

    init(_ name: String) {
        switch name {
        case "ObservationRequest": self = .observation
        case "PointingRequest": self = .pointing
        case "SurveyId": self = .kind
        default: self = RSDValue(rawValue: name).map(RSDElement.value) ?? .other
        }
    }
}
