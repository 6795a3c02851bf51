import WebService
import Catalogue
import GroundSegment
import SkyGeometry

/// The examples of the help page, about a tile of what is published.
struct HelpExamples {
    struct Example: Hashable, Sendable {
        /// What it does.
        let title: String
        /// `curl`, `pyvo`, `topcat`, `aladin`: what runs it.
        let program: String
        let text: String
    }

    /// The address of the service, without a slash at its end.
    let address: String
    let survey: ID<SurveyPlan>
    let tile: String
    let position: SkyPosition
    let sdc: ID<SDC>

    /// About the first tile of a survey; `nil` where it has none.
    init?(address: String, _ survey: SurveyOwnership, at instant: MJD) {
        guard let item = survey.tiles.first, let owner = survey.owner(of: item, at: instant) else {
            return nil
        }
        self.address = address
        self.survey = survey.survey
        tile = item.id.text
        position = item.centre
        sdc = owner.assignment.primary
    }

    private var here: String { "ra=\(position.ra)&dec=\(position.dec)" }
    private var of: String { "survey=\(survey.text.inPath)" }

    var all: [Example] { curl + pyvo + topcat + aladin }

    private var curl: [Example] {
        func example(_ title: String, _ text: String) -> Example {
            Example(title: title, program: "curl", text: text)
        }
        return [
            example(
                "Who owns a position", "curl -sf '\(address)/v1/owner?\(here)&\(of)'"),
            example(
                "Who owns a tile, as CSV",
                "curl -sf '\(address)/v1/tiles/\(tile.inPath)/owner?\(of)&format=csv'"),
            example(
                "All tiles of an SDC as primary, as VOTable, compressed on the way",
                "curl -sf --compressed '\(address)/v1/tiles?sdc=\(sdc.text.inPath)&role=primary"
                    + "&\(of)&format=votable'"),
            example(
                "Many positions at once",
                "printf 'ra,dec\\n\(position.ra),\(position.dec)\\n' |\n"
                    + "  curl -sf -H 'Content-Type: text/csv' --data-binary @- '\(address)/v1/owner?\(of)'"
            ),
            example(
                "The sky of an SDC as a MOC, and its calendar",
                "curl -sf '\(address)/v1/sdcs/\(sdc.text.inPath)/moc?\(of)&format=ascii'\n"
                    + "curl -sf '\(address)/v1/sdcs/\(sdc.text.inPath)/calendar.ics?\(of)'"),
            example(
                "What was published since a date, and how far the processing is",
                "curl -sf '\(address)/v1/changes?since=2020-01-01&\(of)&limit=10'\n"
                    + "curl -sf '\(address)/v1/progress?\(of)&format=csv'"),
        ]
    }

    private var pyvo: [Example] {
        [
            Example(
                title: "Tiles around a position (pip install pyvo)", program: "pyvo",
                text: """
                    import pyvo
                    from astropy.coordinates import SkyCoord
                    service = pyvo.dal.SCSService('\(address)/scs/tiles?\(of)&')
                    centre = SkyCoord(\(position.ra), \(position.dec), unit='deg')
                    print(service.search(centre, radius=1).to_table())
                    """),
            Example(
                title: "All tiles as an astropy table", program: "pyvo",
                text: """
                    from astropy.table import Table
                    tiles = Table.read('\(address)/v1/tiles?\(of)&format=votable', format='votable')
                    print(len(tiles), set(tiles['primary']))
                    """),
        ]
    }

    private var topcat: [Example] {
        [
            Example(
                title: "The tiles of an SDC, by TOPCAT's command line, STILTS", program: "topcat",
                text: """
                    stilts tpipe ifmt=votable cmd='keepcols "id ra dec primary"' cmd='head 5' \\
                      in='\(address)/v1/tiles?sdc=\(sdc.text.inPath)&role=primary&\(of)&format=votable'
                    """),
            Example(
                title: "A cone search; in TOPCAT: VO, Cone Search, with the address as its URL",
                program: "topcat",
                text: """
                    stilts cone serviceurl='\(address)/scs/tiles?\(of)&' \\
                      lon=\(position.ra) lat=\(position.dec) radius=1
                    """),
        ]
    }

    private var aladin: [Example] {
        [
            Example(
                title: "The sky of an SDC as a MOC and the tiles around a position, in Aladin's "
                    + "script console",
                program: "aladin",
                text: """
                    get File(\(address)/v1/sdcs/\(sdc.text.inPath)/moc?\(of)&format=fits)
                    get File(\(address)/scs/tiles?\(of)&RA=\(position.ra)&DEC=\(position.dec)&SR=1)
                    sync
                    """)
        ]
    }
}
