import Documents

/// The statements of an ontology on classes, of which RDF/XML and Turtle are read as far as
/// ontologies of formats are written in them.
struct RDFStatements {
    /// The narrower class first.
    var subclasses: [(String, String)] = []
    var equals: [(String, String)] = []

    private static let subclass = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
    private static let equivalent = "http://www.w3.org/2002/07/owl#equivalentClass"

    /// Class elements with `rdf:about`, and in them elements with `rdf:resource`.
    static func ofXML(_ bytes: [UInt8]) -> RDFStatements {
        var statements = RDFStatements()
        let stream = XMLStream(bytes: bytes)
        var subjects: [String?] = []
        while let event = try? stream.next() {
            switch event {
            case .start(let name):
                let about = stream.attribute("about")
                if let object = stream.attribute("resource"),
                    let subject = subjects.last(where: { $0 != nil }) ?? nil
                {
                    switch name.local {
                    case "subClassOf": statements.subclasses.append((subject, object))
                    case "equivalentClass": statements.equals.append((subject, object))
                    default: break
                    }
                }
                subjects.append(about)
            case .end: _ = subjects.popLast()
            case .text: break
            }
        }
        return statements
    }

    /// Statements of the form `subject predicate object [, object] [; predicate object] .`
    static func ofTurtle(_ bytes: [UInt8]) -> RDFStatements {
        var statements = RDFStatements()
        var prefixes: [String: String] = [:]
        var sentence: [String] = []
        func iri(_ word: String) -> String {
            if word.hasPrefix("<") { return String(word.dropFirst().dropLast()) }
            guard let colon = word.firstIndex(of: ":"), let start = prefixes[String(word[..<colon])]
            else { return word }
            return start + word[word.index(after: colon)...]
        }
        func end() {
            defer { sentence = [] }
            if sentence.first == "@prefix" || sentence.first?.uppercased() == "PREFIX" {
                if sentence.count > 2 {
                    prefixes[String(sentence[1].dropLast())] = iri(sentence[2])
                }
                return
            }
            guard let subject = sentence.first.map(iri) else { return }
            for part in sentence.dropFirst().split(separator: ";") {
                guard let predicate = part.first.map(iri) else { continue }
                for object in part.dropFirst() where object != "," {
                    if predicate == subclass {
                        statements.subclasses.append((subject, iri(object)))
                    }
                    if predicate == equivalent { statements.equals.append((subject, iri(object))) }
                }
            }
        }
        for word in words(String(decoding: bytes, as: UTF8.self)) {
            if word == "." { end() } else { sentence.append(word) }
        }
        end()
        return statements
    }

    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var closing: Character?
        func finish() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        var isRemark = false
        for character in text {
            if isRemark {
                isRemark = !character.isNewline
            } else if let end = closing {
                word.append(character)
                if character == end { closing = nil }
            } else if character == "<" || character == "\"" {
                word.append(character)
                closing = character == "<" ? ">" : "\""
            } else if character == "#", word.isEmpty {
                isRemark = true
            } else if character.isWhitespace {
                if word.hasSuffix("."), word.count > 1 {
                    word.removeLast()
                    finish()
                    word = "."
                }
                finish()
            } else if character == ";" || character == "," {
                finish()
                words.append(String(character))
            } else {
                word.append(character)
            }
        }
        finish()
        return words
    }
}
