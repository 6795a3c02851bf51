import PostgreSQL

/// Notes that tasks have to be looked at by the next sweep.
enum CampaignTouch {
    static func touch(_ tasks: [Int], on connection: isolated Connection) throws {
        try connection.query(
            "INSERT INTO sgs.campaign_touch (campaign_task) SELECT unnest($1::bigint[])", tasks)
    }
}
