import Catalogue
import Markup
import SkyGeometry
import WebService

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
            ) { .document(capabilities($0.state.snapshot.surveys), "application/xml") },
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

    /// A cone search for each survey, which its address names where there are several.
    private func capabilities(_ surveys: [SurveyOwnership]) -> String {
        let address = publicAddress.escapedForHTML
        func standard(_ id: String, _ path: String) -> String {
            """
            <capability standardID="\(id)">
            <interface xsi:type="vs:ParamHTTP" role="std">
            <accessURL use="full">\(address)\(path)</accessURL>
            </interface>
            </capability>

            """
        }
        func cone(_ path: String, _ survey: SurveyOwnership, _ items: [OwnedItem]) -> String {
            let choice =
                surveys.count > 1
                ? "survey=" + PercentCoding.encoded(survey.survey.text) + "&amp;" : ""
            let centre = items.first?.centre ?? SkyPosition(ra: 0, dec: 0)
            return """
                <capability standardID="ivo://ivoa.net/std/ConeSearch" xsi:type="cs:ConeSearch">
                <interface xsi:type="vs:ParamHTTP" role="std">
                <accessURL use="base">\(address)\(path)?\(choice)</accessURL>
                <queryType>GET</queryType>
                <resultType>text/xml;content=x-votable</resultType>
                </interface>
                <maxSR>180</maxSR>
                <maxRecords>\(limits.rows)</maxRecords>
                <verbosity>true</verbosity>
                <testQuery><ra>\(centre.ra)</ra><dec>\(centre.dec)</dec><sr>1</sr></testQuery>
                </capability>

                """
        }
        let cones = surveys.map { survey in
            cone("/scs/tiles", survey, survey.tiles)
                + cone("/scs/observations", survey, survey.observations)
        }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0" \
            xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1" \
            xmlns:cs="http://www.ivoa.net/xml/ConeSearch/v1.0" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            \(standard("ivo://ivoa.net/std/VOSI#capabilities", "/vosi/capabilities"))\
            \(standard("ivo://ivoa.net/std/VOSI#availability", "/vosi/availability"))\
            \(cones)</vosi:capabilities>

            """
    }
}
