/// Reads `campaigns/NAME.yaml`: a campaign, or a template with its parameters.
///
/// ```swift
/// let folders = CampaignFolders(["campaigns"])
/// let campaign = try CampaignFile.read("dr1-north", in: folders)
/// print(campaign.graph.order)
/// ```
public enum CampaignFile {
    /// Reads a campaign with the templates and campaigns that it is made of.
    ///
    /// - Parameters:
    ///   - name: of the file, without `.yaml`.
    ///   - parameters: values for a template's parameters, each a YAML text.
    /// - Throws: `CampaignError` with all faults of all files.
    public static func read(
        _ name: String, in folders: CampaignFolders, parameters: [String: String] = [:]
    ) throws(CampaignError) -> Campaign {
        var reader = CampaignReader(folders: folders)
        return try reader.campaign(name, parameters: parameters)
    }

    /// A parameter of a template.
    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let meaning: String
        /// Whether it has to be given.
        public let isRequired: Bool
    }

    /// The parameters that a file declares, in its order; none where it is no template.
    ///
    /// - Throws: `CampaignError` where there is no such file, or it is at fault there.
    public static func parameters(of name: String, in folders: CampaignFolders)
        throws(CampaignError) -> [Parameter]
    {
        var reader = CampaignReader(folders: folders)
        return try reader.parameters(name)
    }
}
