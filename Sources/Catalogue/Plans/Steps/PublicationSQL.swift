/// The statements of a publication, in the order in which they run; `Publication.sql` explains them.
enum PublicationSQL {
    private static let file = SQLFile(PackageResources.Publication_sql)

    static let staging = file["staging"]
    static let items = file["items"]
    static let strayOverlap = file["strayOverlap"]
    static let otherAreas = file["otherAreas"]
    static let areas = file["areas"]
    static let dropped = file["dropped"]
    static let touched = file["touched"]
    static let ownership = file["ownership"]
    static let changes = file["changes"]
    static let liveOrders = file["liveOrders"]
    static let frozen = file["frozen"]
    static let overtaken = file["overtaken"]
    static let overtake = file["overtake"]
    static let abortLost = file["abortLost"]
    static let retryFailed = file["retryFailed"]
    static let withdraw = file["withdraw"]
    static let reschedule = file["reschedule"]
    static let daily = file["daily"]
    static let touchCampaigns = file["touchCampaigns"]
    static let createOrders = file["createOrders"]
    static let createInputs = file["createInputs"]
    static let analyze = file["analyze"]
}
