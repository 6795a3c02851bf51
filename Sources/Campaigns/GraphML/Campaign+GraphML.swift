import Documents
import GroundSegment
import Markup

extension Campaign {
    /// The campaign as a GraphML document that `GraphMLFile` reads again as the same campaign, and
    /// that networkx, Gephi and yEd read as the same graph, with labels that they show.
    public var graphML: String {
        GraphMLWriter(campaign: self).document
    }
}

private struct GraphMLWriter {
    let campaign: Campaign

    private static let graphKeys: [GraphMLAttribute] = [
        .name, .title, .survey, .priority, .share, .retry,
    ]
    private static let nodeKeys: [GraphMLAttribute] = [
        .name, .label, .kind, .title, .pipeline, .release, .per, .count, .items, .priority, .policy,
        .start, .prepare, .merge,
    ]
    private static let edgeKeys: [GraphMLAttribute] = [.data, .label, .per, .product]

    var document: String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:y="http://www.yworks.com/xml/graphml"
                xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">

            """
        for (owner, keys) in [
            ("graph", Self.graphKeys), ("node", Self.nodeKeys), ("edge", Self.edgeKeys),
        ] {
            for key in keys {
                let type = key == .priority || key == .count ? "int" : "string"
                text += """
                      <key id="\(owner)-\(key.rawValue)" for="\(owner)" \
                    attr.name="\(key.rawValue)" attr.type="\(type)"/>

                    """
            }
        }
        text += """
              <key id="node-drawing" for="node" yfiles.type="nodegraphics"/>
              <key id="edge-drawing" for="edge" yfiles.type="edgegraphics"/>
              <graph id="\(campaign.id.text.escapedForXML)" edgedefault="directed">

            """
        text += data("graph", campaign.values, indentation: "    ")
        text += node(.entry, [.kind: CampaignGraph.entryName])
        for task in campaign.graph.tasks { text += node(.task(task.id), task.values) }
        text += node(.exit, [.kind: CampaignGraph.exitName])
        for (place, edge) in campaign.graph.edges.enumerated() { text += self.edge(edge, place) }
        return text + "  </graph>\n</graphml>\n"
    }

    private func data(
        _ owner: String, _ values: [GraphMLAttribute: String], indentation: String
    ) -> String {
        GraphMLAttribute.allCases.compactMap { key in
            values[key].map {
                "\(indentation)<data key=\"\(owner)-\(key.rawValue)\">\($0.escapedForXML)</data>\n"
            }
        }.joined()
    }

    private func node(_ node: CampaignGraph.Node, _ values: [GraphMLAttribute: String]) -> String {
        var values = values
        values[.name] = node.description
        let label = values[.title] ?? node.description
        values[.label] = label
        return "    <node id=\"\(node.description.escapedForXML)\">\n"
            + data("node", values, indentation: "      ")
            + "      <data key=\"node-drawing\"><y:ShapeNode><y:NodeLabel>"
            + "\(label.escapedForXML)</y:NodeLabel></y:ShapeNode></data>\n    </node>\n"
    }

    private func edge(_ edge: CampaignGraph.Edge, _ place: Int) -> String {
        var values: [GraphMLAttribute: String] = [.data: edge.data.text, .label: edge.data.text]
        if edge.from == .entry, let data = campaign.graph[edge.data] {
            values[.per] = data.unit.rawValue
            values[.product] = data.product
        }
        let ends = [edge.from, edge.to].map(\.description.escapedForXML)
        return "    <edge id=\"e\(place)\" source=\"\(ends[0])\" target=\"\(ends[1])\">\n"
            + data("edge", values, indentation: "      ")
            + "      <data key=\"edge-drawing\"><y:PolyLineEdge><y:EdgeLabel>"
            + "\(edge.data.text.escapedForXML)</y:EdgeLabel></y:PolyLineEdge></data>\n"
            + "    </edge>\n"
    }
}

extension Campaign {
    fileprivate var values: [GraphMLAttribute: String] {
        var values: [GraphMLAttribute: String] = [.name: id.text]
        if !title.isEmpty { values[.title] = title }
        if let survey { values[.survey] = survey.text }
        if priority != 0 { values[.priority] = "\(priority)" }
        if share != 1 { values[.share] = "\(share)" }
        if retry != .standard { values[.retry] = retry.document.encoded }
        return values
    }
}

extension CampaignTask {
    fileprivate var values: [GraphMLAttribute: String] {
        var values: [GraphMLAttribute: String] = [
            .kind: "task", .title: title, .pipeline: pipeline, .per: unit.rawValue,
        ]
        if !release.isEmpty { values[.release] = release }
        if unit == .number { values[.count] = "\(count)" }
        if priority != 0 { values[.priority] = "\(priority)" }
        values[.prepare] = preparation
        values[.merge] = merging
        // What has parts of its own stands there as it does in the campaign's document.
        if case .object(let members) = document {
            for member in members {
                guard let key = GraphMLAttribute(rawValue: member.name) else { continue }
                if [.items, .policy, .start].contains(key) { values[key] = member.value.encoded }
            }
        }
        return values
    }
}
