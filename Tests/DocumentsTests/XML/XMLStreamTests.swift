import Foundation
import Testing

@testable import Documents

@Suite("XMLStream")
struct XMLStreamTests {
    /// The events of a document, one line each, texts that follow each other as one; its fault.
    private func read(_ bytes: some Collection<UInt8>) -> (events: [String], fault: XMLError?) {
        let stream = XMLStream(bytes: bytes)
        var events: [String] = []
        do {
            while let event = try stream.next() {
                switch event {
                case .start(let name):
                    let attributes = stream.attributes.sorted { $0.key < $1.key }
                        .map { " \($0.key)=\($0.value)" }.joined()
                    events.append("<\(name.local)\(attributes)>")
                case .end(let name): events.append("</\(name.local)>")
                case .text:
                    if let last = events.last, !last.hasPrefix("<") {
                        events[events.count - 1] = last + stream.text
                    } else {
                        events.append(stream.text)
                    }
                }
            }
            return (events, nil)
        } catch {
            return (events, error as? XMLError)
        }
    }

    private func read(_ text: String) -> (events: [String], fault: XMLError?) { read(text.utf8) }

    @Test("elements, attributes and texts come in their order, by their local names")
    func events() {
        let (events, fault) = read(
            "<?xml version='1.0'?><!-- c --><r:a xmlns:r='urn:x' r:id='1&lt;2' w='é'>x<b/>y</r:a>")
        #expect(fault == nil)
        #expect(events == ["<a id=1<2 w=é>", "x", "<b>", "</b>", "y", "</a>"])
    }

    @Test("a text is whole where comments, CDATA, references and entities cut it")
    func texts() {
        let (events, fault) = read(
            """
            <!DOCTYPE a [<!ENTITY f "15"><!ENTITY g "&f;&#46;5">]>
            <a>1<!-- 2 -->3<![CDATA[4<]]>5&f;6&#x37;&g;<?pi 8?>9&amp;</a>
            """)
        #expect(fault == nil)
        #expect(events == ["<a>", "134<5156715.59&", "</a>"])
    }

    @Test("what is never taken is told from what is not well-formed by the error's code")
    func codes() {
        let outside = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>"
        #expect(read("<a>").fault?.code == .notWellFormed)
        #expect(read(outside).fault?.code == .refused)
    }

    @Test("elements may come out of an entity, and entities stand in attributes")
    func elementsInEntities() {
        let (events, fault) = read(
            """
            <!DOCTYPE a [<!ENTITY e "<b i='1'>&t;</b>"><!ENTITY t "x">]>
            <a i="&t;y">&e;&e;</a>
            """)
        #expect(fault == nil)
        #expect(
            events == ["<a i=xy>", "<b i=1>", "x", "</b>", "<b i=1>", "x", "</b>", "</a>"])
    }

    @Test("a parameter entity that the document declares is put in")
    func parameterEntity() {
        let (events, fault) = read(
            "<!DOCTYPE a [<!ENTITY % p \"<!ENTITY t 'x'>\"> %p;]><a>&t;</a>")
        #expect(fault == nil)
        #expect(events == ["<a>", "x", "</a>"])
    }

    @Test(
        "an encoding is the one that is declared or begun with",
        arguments: [
            ("UTF-8", String.Encoding.utf8), ("ISO-8859-1", .isoLatin1), ("UTF-16", .utf16),
            ("UTF-16", .utf16LittleEndian), ("UTF-16", .utf16BigEndian),
            ("windows-1252", .windowsCP1252), ("us-ascii", .ascii),
        ])
    func encodings(name: String, encoding: String.Encoding) throws {
        let word = encoding == .ascii ? "e" : "\u{C9}t\u{E9}"
        let text = "<?xml version=\"1.0\" encoding=\"\(name)\"?><a b=\"\(word)\">\(word)</a>"
        let (events, fault) = read(try #require(text.data(using: encoding)))
        #expect(fault == nil)
        #expect(events == ["<a b=\(word)>", word, "</a>"])
    }

    @Test("a byte order mark of UTF-8 is none of the text")
    func mark() {
        #expect(read([0xEF, 0xBB, 0xBF] + Array("<a/>".utf8)).events == ["<a>", "</a>"])
    }

    @Test(
        "bytes of an encoding that is not declared are a fault, wherever they are",
        arguments: [
            "<a>\n<!-- relev\u{E9} --></a>", "<a>\n<b\u{E9}/></a>", "<a>\n<b \u{E9}='1'/></a>",
            "<a>\n<b c='\u{E9}'/></a>", "<a>\n<?p\u{E9} x?></a>", "<a>\n<?p \u{E9}?></a>",
            "<a>\n\u{E9} </a>", "<a>\n<![CDATA[\u{E9} ]]></a>",
        ])
    func otherEncoding(text: String) throws {
        let fault = read(try #require(text.data(using: .isoLatin1))).fault
        #expect(fault?.line == 2, "\(text)")
        #expect(fault?.expected == "well-formed XML")
    }

    @Test(
        "an entity outside the document is never loaded",
        arguments: [
            "<!ENTITY x SYSTEM \"file:///etc/hostname\">", "<!ENTITY x SYSTEM \"/etc/hostname\">",
            "<!ENTITY x SYSTEM \"http://127.0.0.1:1/x\">",
            "<!ENTITY x PUBLIC \"-//X//EN\" \"file:///etc/hostname\">",
        ])
    func external(declaration: String) {
        let (events, fault) = read("<!DOCTYPE a [\n\(declaration)]>\n<a>\n&x;</a>")
        #expect(events == ["<a>", "\n"] || events == ["<a>"])
        #expect(fault?.line == 4)
        #expect(fault?.found == "an entity outside the document, which is never loaded")
    }

    @Test("a parameter entity outside the document is never loaded")
    func externalParameter() {
        let fault = read(
            "<!DOCTYPE a [\n<!ENTITY % x SYSTEM \"file:///etc/hostname\">\n%x;]>\n<a/>"
        ).fault
        #expect(fault?.line == 3)
        #expect(fault?.found == "an entity outside the document, which is never loaded")
    }

    @Test("a document type outside the document is not loaded, and is no fault")
    func externalSubset() {
        let (events, fault) = read("<!DOCTYPE a SYSTEM \"file:///nowhere/a.dtd\">\n<a>1</a>")
        #expect(fault == nil)
        #expect(events == ["<a>", "1", "</a>"])
    }

    @Test("entities that hold themselves, or expand without measure, end the document")
    func expansion() {
        #expect(read("<!DOCTYPE a [<!ENTITY x '&x;'>]><a>&x;</a>").fault != nil)
        #expect(read("<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]><a b='&x;'/>").fault != nil)
        let laughs = (1...9).map { level in
            let inner = String(repeating: "&l\(level - 1);", count: 10)
            return "<!ENTITY l\(level) \"\(inner)\">"
        }.joined()
        let many = "<!DOCTYPE a [<!ENTITY l0 \"lol\">\(laughs)]><a>&l9;</a>"
        let (events, fault) = read(many)
        #expect(fault != nil)
        #expect(events.map(\.utf8.count).reduce(0, +) < 1 << 25)
        let long = String(repeating: "x", count: 100_000)
        let square =
            "<!DOCTYPE a [<!ENTITY l \"\(long)\">]><a>"
            + String(repeating: "&l;", count: 20_000) + "</a>"
        #expect(read(square).fault != nil)
    }

    @Test(
        "what is not well-formed is told with line and column",
        arguments: [
            ("<a>\n <b></a>", "2:9: found an end tag of another element"),
            ("<a>\n<b>", "2:4: found the end of the file before that of the document"),
            ("<a>\n&who;</a>", "2:6: found an entity that is not declared"),
            ("<a>\n<r:b/></a>", "2:5: found a namespace's prefix that is not declared"),
            ("<a b='1' b='2'/>", "1:15: found Attribute b redefined"),
        ])
    func malformed(text: String, start: String) {
        #expect(read(text).fault?.description == start + ", expected well-formed XML")
    }

    @Test("no flip of a bit in a document, and no cut of it, does more than end it with a fault")
    func flips() {
        let text = Array(
            """
            <?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a [<!ENTITY t "x"><!ENTITY % p "">]>
            <a xmlns="urn:x" xmlns:r="urn:r"><!-- c --><?pi d?><r:b i="1&t;">&#65;&t;<![CDATA[é]]></r:b></a>
            """.utf8)
        var refused = 0
        for place in text.indices {
            for bit in 0..<8 {
                var other = text
                other[place] ^= 1 << bit
                if read(other).fault != nil { refused += 1 }
            }
            #expect(read(text[..<place]).fault != nil)
        }
        #expect(refused > text.count)
    }

    @Test("a long document is read in blocks: names, texts and lines are right across them")
    func blocks() throws {
        var text = "<list>\n"
        for number in 0..<20_000 { text += "<item id=\"\(number)\">value é \(number)</item>\n" }
        let stream = XMLStream(bytes: (text + "</list>").utf8)
        var number = 0
        var value = ""
        while let event = try stream.next() {
            switch event {
            case .start(let name) where name.local == "item":
                #expect(stream.attribute("id") == "\(number)")
                #expect(stream.line == number + 2)
                value = ""
            case .text: value += stream.text
            case .end(let name) where name.local == "item":
                #expect(value == "value é \(number)")
                number += 1
            default: break
            }
        }
        #expect(number == 20_000)
    }

    @Test("what the source throws is thrown on")
    func source() {
        struct Broken: Error {}
        let stream = XMLStream { _ in throw Broken() }
        #expect(throws: Broken.self) { try stream.next() }
    }
}
