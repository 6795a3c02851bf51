import Foundation
import FoundationXML

/// Reads Euclid's reference survey definition as a stream of XML events.
///
/// ObservationRequest, below it PointingRequest and SurveyId, below that Mjd2000, Longitude,
/// Latitude and PositionAngle are looked for at any depth and in any namespace; of several
/// elements of one name the first counts, and others are skipped.
final class RSDReader: NSObject {
    private let faults: FaultLog
    private let take: (SurveyRecord) -> Void
    private var observation: RSDObservation?
    private var isInPointing = false
    /// The text of the element that is being read; `nil` where it is not wanted.
    private var text: String?
    private var count = 0
    /// What the names of elements mean, as far as they have been met.
    private var elements: [String: RSDElement] = [:]
    /// Where the document stops being well-formed, and by what error of libxml2.
    private var end: (line: Int, code: Int)?

    private init(faults: FaultLog, take: @escaping (SurveyRecord) -> Void) {
        self.faults = faults
        self.take = take
    }

    /// Reads a file and hands over its observations one by one; faults go to the log.
    static func read(_ path: String, faults: FaultLog, take: @escaping (SurveyRecord) -> Void) {
        guard let stream = InputStream(fileAtPath: path) else {
            faults.add(found: "no such file", expected: "a readable file")
            return
        }
        let reader = RSDReader(faults: faults, take: take)
        let parser = XMLParser(stream: stream)
        parser.delegate = reader
        let isWhole = parser.parse()
        let left = (parser.parserError as? NSError)?.code
        if !isWhole || reader.end != nil || left != nil {
            faults.add(
                line: reader.end?.line ?? parser.lineNumber,
                found: problem(reader.end?.code ?? left), expected: "well-formed XML")
        } else if reader.count == 0 {
            faults.add(found: "no ObservationRequest", expected: "at least one")
        }
    }

    /// What an error of libxml2 means (https://gnome.pages.gitlab.gnome.org/libxml2, xmlerror.h).
    private static func problem(_ code: Int?) -> String {
        switch code {
        case 4: "no XML element at all"
        case 5: "the end of the file before that of the document"
        case 9: "a character that XML does not allow, or of another encoding"
        case 26: "an entity that is not declared"
        case 32: "an encoding that is not known"
        case 73: "a tag that is not closed with >"
        case 76: "an end tag of another element"
        case let code?: "libxml2's error \(code)"
        case nil: "an error"
        }
    }

    /// What a name means, with or without a namespace's prefix.
    private func element(_ name: String) -> RSDElement {
        if let known = elements[name] { return known }
        let element = RSDElement(name)
        elements[name] = element
        return element
    }
}

extension RSDReader: XMLParserDelegate {
    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        text = nil
        switch element(name) {
        case .observation:
            count += 1
            observation = RSDObservation(id: attributes["id"] ?? "", line: parser.lineNumber)
        case .pointing:
            isInPointing = true
            observation?.pointings.append(.init(line: parser.lineNumber))
        case .kind where observation?.kind == "" && !isInPointing: text = ""
        case .value where isInPointing: text = ""
        case .kind, .value, .other: break
        }
    }

    /// The first error counts; the parser goes on for a while, so that its line is known only now.
    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        guard end == nil else { return }
        end = (parser.lineNumber, (error as NSError).code)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text?.append(string)
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        text?.append(String(decoding: block, as: UTF8.self))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        switch element(name) {
        case .observation:
            if let record = observation?.record(faults: faults) { take(record) }
            observation = nil
        case .pointing:
            isInPointing = false
        case .kind:
            if let text { observation?.kind = trimmed(text) }
        case .value(let value):
            if let text { keep(trimmed(text), as: value, line: parser.lineNumber) }
        case .other:
            break
        }
        text = nil
    }

    /// Keeps a pointing's number, unless it has one by that name.
    private func keep(_ text: String, as value: RSDValue, line: Int) {
        guard let last = observation?.pointings.indices.last,
            observation?.pointings[last][value] == nil
        else { return }
        let number = decimal(text)
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
        let local = name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
        switch local {
        case "ObservationRequest": self = .observation
        case "PointingRequest": self = .pointing
        case "SurveyId": self = .kind
        default: self = RSDValue(rawValue: String(local)).map(RSDElement.value) ?? .other
        }
    }
}
