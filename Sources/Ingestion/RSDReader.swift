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
        // A document that ends early is only told by the error that is left behind.
        if !isWhole || parser.parserError != nil {
            faults.add(
                line: parser.lineNumber, found: problem(parser.parserError),
                expected: "well-formed XML")
        } else if reader.count == 0 {
            faults.add(found: "no ObservationRequest", expected: "at least one")
        }
    }

    /// What an error of libxml2 means (https://gnome.pages.gitlab.gnome.org/libxml2, xmlerror.h).
    private static func problem(_ error: (any Error)?) -> String {
        switch (error as? NSError)?.code {
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

    /// A name without its namespace's prefix.
    private func local(_ name: String) -> Substring {
        name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
    }
}

extension RSDReader: XMLParserDelegate {
    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        switch local(name) {
        case "ObservationRequest":
            count += 1
            observation = RSDObservation(id: attributes["id"] ?? "", line: parser.lineNumber)
        case "PointingRequest":
            isInPointing = true
            observation?.pointings.append(.init(line: parser.lineNumber))
        case "SurveyId" where observation?.kind == "" && !isInPointing:
            text = ""
        case let local where isInPointing && RSDValue(rawValue: String(local)) != nil:
            text = ""
        default:
            text = nil
        }
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
        switch local(name) {
        case "ObservationRequest":
            if let record = observation?.record(faults: faults) { take(record) }
            observation = nil
        case "PointingRequest":
            isInPointing = false
        case let local:
            guard let text = text?.trimmingCharacters(in: .whitespacesAndNewlines) else { return }
            self.text = nil
            if local == "SurveyId" {
                observation?.kind = text
            } else if let value = RSDValue(rawValue: String(local)) {
                keep(text, as: value, line: parser.lineNumber)
            }
        }
    }

    /// Keeps a pointing's number, unless it has one by that name.
    private func keep(_ text: String, as value: RSDValue, line: Int) {
        guard let observation, let last = observation.pointings.indices.last,
            observation.pointings[last].values[value] == nil
        else { return }
        guard let number = decimal(text) else {
            faults.add(
                line: line, field: "\(value.rawValue) of observation \(observation.id)",
                found: "\"\(text)\"", expected: value.expected)
            self.observation?.pointings[last].values[value] = .nan
            return
        }
        self.observation?.pointings[last].values[value] = number
    }
}
