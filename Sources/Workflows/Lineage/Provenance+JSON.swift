import Documents
import GroundSegment

extension Provenance {
    /// The text in PROV-JSON (W3C member submission of 2013-04-24), always with the same bytes.
    public var json: String {
        var parts: [String: JSONValue] = [
            "prefix": .object([
                "sgs": .text(namespace), "prov": .text("http://www.w3.org/ns/prov#"),
                "xsd": .text("http://www.w3.org/2001/XMLSchema#"),
            ])
        ]
        /// A part that has anything in it.
        func add(_ name: String, _ records: [(String, JSONValue)]) {
            if !records.isEmpty { parts[name] = .object(Dictionary(records) { first, _ in first }) }
        }
        add("entity", entities.map { (Self.name($0.id), Self.record($0)) })
        add("activity", activities.map { (Self.name($0.id), Self.record($0)) })
        add("agent", agents.map { (Self.name($0.id), Self.record($0)) })
        add("used", relations("u") { activity in activity.used.map { Self.link(activity, $0) } })
        add(
            "wasGeneratedBy",
            relations("g") { activity in activity.made.map { Self.link(activity, $0) } })
        add(
            "wasAssociatedWith",
            relations("a") { activity in
                activity.agents.map {
                    .fields(["prov:activity": Self.text(activity.id), "prov:agent": Self.text($0)])
                }
            })
        add(
            "wasDerivedFrom",
            derivations.enumerated().map { index, derivation in
                (
                    "_:d\(index + 1)",
                    .fields([
                        "prov:generatedEntity": Self.text(derivation.made),
                        "prov:usedEntity": Self.text(derivation.from),
                        "prov:activity": derivation.activity.map { Self.text($0) },
                    ])
                )
            })
        return JSONValue.object(parts).canonical
    }

    /// Relations of all activities, numbered.
    private func relations(_ letter: String, _ records: (Activity) -> [JSONValue])
        -> [(String, JSONValue)]
    {
        activities.flatMap(records).enumerated().map { ("_:\(letter)\($0 + 1)", $1) }
    }

    private static func record(_ entity: Entity) -> JSONValue {
        .fields([
            "prov:label": .text(entity.label),
            "prov:location": entity.location.map { .text($0) },
            "sgs:sha256": entity.digest.map { .text($0) },
            "sgs:bytes": entity.bytes.map {
                .object(["$": .text("\($0)"), "type": .text("xsd:long")])
            },
        ])
    }

    private static func record(_ activity: Activity) -> JSONValue {
        var fields: [String: JSONValue] = ["prov:label": .text(activity.label)]
        fields["prov:startTime"] = activity.start.flatMap(time)
        fields["prov:endTime"] = activity.end.flatMap(time)
        for (name, value) in activity.details { fields[Self.name(name)] = .text(value) }
        return .object(fields)
    }

    private static func record(_ agent: Agent) -> JSONValue {
        .fields([
            "prov:label": .text(agent.label),
            "prov:type": .object([
                "$": .text("prov:SoftwareAgent"), "type": .text("prov:QUALIFIED_NAME"),
            ]),
            "sgs:version": agent.version.map { .text($0) },
        ])
    }

    private static func link(_ activity: Activity, _ link: PortEntity) -> JSONValue {
        .fields([
            "prov:activity": text(activity.id), "prov:entity": text(link.entity),
            "prov:role": .text(link.port),
        ])
    }

    /// An instant that a date of four digits can name.
    private static func time(_ time: MJD) -> JSONValue? {
        let years = MJD(posixSeconds: 0).days - 700_000...2_900_000
        return years.contains(time.days) ? .text(time.exactISO8601) : nil
    }

    private static func text(_ id: String) -> JSONValue { .text(name(id)) }

    /// An identifier as a qualified name: what may not be in one is written as in a URI.
    private static func name(_ id: String) -> String {
        var name = "sgs:"
        for byte in id.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/":
                name.unicodeScalars.append(scalar)
            default:
                name += byte < 16 ? "%0" : "%"
                name += String(byte, radix: 16, uppercase: true)
            }
        }
        return name
    }
}
