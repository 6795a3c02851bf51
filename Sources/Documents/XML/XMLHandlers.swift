import CXML

/// What libxml2 calls for what it finds: each function passes it on to the queue that is its
/// user's data, and declarations on to libxml2's own keeping of them.
enum XMLHandlers {
    /// libxml2's tables, made once; no external entity is ever loaded in this process.
    private static let isReady: Bool = {
        xmlInitParser()
        xmlSetExternalEntityLoader { _, _, _ in nil }
        return true
    }()

    /// A parser that fills `queue`; `nil` where there is no memory for it.
    static func parser(for queue: XMLEventQueue) -> xmlParserCtxtPtr? {
        guard isReady else { return nil }
        var handlers = xmlSAXHandler()
        handlers.initialized = XML_SAX2_MAGIC
        handleElements(&handlers)
        handleDeclarations(&handlers)
        handlers.serror = { data, error in
            guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            XMLHandlers.queue(data)?.refuse(error.pointee)
        }
        let data = Unmanaged.passUnretained(queue).toOpaque()
        guard let parser = xmlCreatePushParserCtxt(&handlers, data, nil, 0, nil) else { return nil }
        let options = XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue
        xmlCtxtUseOptions(parser, Int32(bitPattern: options))
        return parser
    }

    private static func queue(_ data: UnsafeMutableRawPointer?) -> XMLEventQueue? {
        data.map { Unmanaged<XMLEventQueue>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func handleElements(_ handlers: inout xmlSAXHandler) {
        handlers.startElementNs = { data, name, _, _, _, _, count, _, values in
            guard let name else { return }
            XMLHandlers.queue(data)?.start(name, count: Int(count), values)
        }
        handlers.endElementNs = { data, name, _, _ in
            guard let name else { return }
            XMLHandlers.queue(data)?.end(name)
        }
        let text: charactersSAXFunc = { data, start, count in
            guard let start else { return }
            XMLHandlers.queue(data)?.text(start, count: Int(count))
        }
        // The same for all, so that no blank is taken for one that does not count.
        handlers.characters = text
        handlers.ignorableWhitespace = text
        handlers.cdataBlock = text
    }

    private static func handleDeclarations(_ handlers: inout xmlSAXHandler) {
        handlers.startDocument = { data in xmlSAX2StartDocument(XMLHandlers.queue(data)?.parser) }
        handlers.internalSubset = { data, name, external, system in
            xmlSAX2InternalSubset(XMLHandlers.queue(data)?.parser, name, external, system)
        }
        handlers.entityDecl = { data, name, kind, publicID, systemID, content in
            xmlSAX2EntityDecl(
                XMLHandlers.queue(data)?.parser, name, kind, publicID, systemID, content)
        }
        handlers.getEntity = { data, name in
            XMLHandlers.internalOne(data, xmlSAX2GetEntity(XMLHandlers.queue(data)?.parser, name))
        }
        handlers.getParameterEntity = { data, name in
            XMLHandlers.internalOne(
                data, xmlSAX2GetParameterEntity(XMLHandlers.queue(data)?.parser, name))
        }
    }

    /// An entity, which must be an internal one.
    private static func internalOne(_ data: UnsafeMutableRawPointer?, _ entity: xmlEntityPtr?)
        -> xmlEntityPtr?
    {
        switch entity?.pointee.etype {
        case XML_EXTERNAL_GENERAL_PARSED_ENTITY, XML_EXTERNAL_GENERAL_UNPARSED_ENTITY,
            XML_EXTERNAL_PARAMETER_ENTITY:
            XMLHandlers.queue(data)?.refuse(
                "an entity outside the document, which is never loaded",
                taken: "entities that the document itself declares")
            return nil
        default:
            return entity
        }
    }
}

extension XMLEventQueue {
    /// Ends the document with what libxml2 says.
    func refuse(_ error: xmlError) {
        // The place inside an entity's text means nothing to who reads the document.
        guard error.ctxt == UnsafeMutableRawPointer(parser), error.line > 0 else {
            refuse(Self.words(error))
            return
        }
        refuse(XMLError(line: Int(error.line), column: Int(error.int2), found: Self.words(error)))
    }

    /// What an error of libxml2 means (xmlerror.h), else its own text.
    private static func words(_ error: xmlError) -> String {
        switch xmlParserErrors(UInt32(bitPattern: error.code)) {
        case XML_ERR_DOCUMENT_EMPTY: "no XML element at all"
        case XML_ERR_DOCUMENT_END: "the end of the file before that of the document"
        case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_ENCODING:
            "a character that XML does not allow, or of another encoding"
        case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY:
            "an entity that is not declared"
        case XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING:
            "an encoding that is not known"
        case XML_ERR_GT_REQUIRED: "a tag that is not closed with >"
        case XML_ERR_TAG_NAME_MISMATCH: "an end tag of another element"
        case XML_ERR_ENTITY_LOOP: "an entity that holds itself, or expands without measure"
        case XML_NS_ERR_UNDEFINED_NAMESPACE: "a namespace's prefix that is not declared"
        default:
            error.message.map { String(cString: $0).split(separator: "\n").first.map(String.init) }
                .flatMap(\.self) ?? "libxml2's error \(error.code)"
        }
    }
}
