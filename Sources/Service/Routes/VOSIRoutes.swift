extension Backend {
    /// VOSI 1.1 (IVOA Recommendation 2017-05-24): availability and capabilities.
    var vosiRoutes: [Route] {
        [
            Route(
                "/vosi/availability", "Whether the service is available (VOSI).",
                result: .document(mediaType: "application/xml")
            ) { _ in
                Answer(
                    content: .document(availability, mediaType: "application/xml"),
                    caching: .never)
            },
            Route(
                "/vosi/capabilities", "What the service can do (VOSI).",
                result: .document(mediaType: "application/xml")
            ) { _ in .document(capabilities, "application/xml") },
        ]
    }

    private var availability: String {
        let note =
            board.isReady
            ? "" : "<note>The catalogue cannot be reached; what was read before is answered.</note>"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <availability xmlns="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
            <available>\(board.isReady)</available>\(note)
            </availability>

            """
    }

    private var capabilities: String {
        let address = MarkupText.escaped(publicAddress)
        func standard(_ id: String, _ path: String) -> String {
            """
            <capability standardID="\(id)">
            <interface xsi:type="vs:ParamHTTP" role="std">
            <accessURL use="full">\(address)\(path)</accessURL>
            </interface>
            </capability>

            """
        }
        func cone(_ path: String) -> String {
            """
            <capability standardID="ivo://ivoa.net/std/ConeSearch" xsi:type="cs:ConeSearch">
            <interface xsi:type="vs:ParamHTTP" role="std">
            <accessURL use="base">\(address)\(path)?</accessURL>
            <queryType>GET</queryType>
            <resultType>application/x-votable+xml</resultType>
            </interface>
            <maxSR>180</maxSR>
            <maxRecords>\(limits.rows)</maxRecords>
            <verbosity>true</verbosity>
            <testQuery><ra>180</ra><dec>0</dec><sr>1</sr></testQuery>
            </capability>

            """
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0" \
            xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1" \
            xmlns:cs="http://www.ivoa.net/xml/ConeSearch/v1.0" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            \(standard("ivo://ivoa.net/std/VOSI#capabilities", "/vosi/capabilities"))\
            \(standard("ivo://ivoa.net/std/VOSI#availability", "/vosi/availability"))\
            \(cone("/scs/tiles"))\(cone("/scs/observations"))</vosi:capabilities>

            """
    }
}
