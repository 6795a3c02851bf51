/// A numbered step of the schema, never edited once it has been released.
public struct Migration: Hashable, Sendable {
    /// From 1, without gaps.
    public let number: Int
    public let name: String
    /// The statements.
    public let sql: String

    init(_ number: Int, _ name: String, _ bytes: [UInt8]) {
        self.number = number
        self.name = name
        sql = String(decoding: bytes, as: UTF8.self)
    }

    /// All of them, in order; a program always carries its own.
    public static let all = [
        Migration(1, "catalogue", PackageResources._001_catalogue_sql),
        Migration(2, "orders", PackageResources._002_orders_sql),
        Migration(3, "views", PackageResources._003_views_sql),
        Migration(4, "life", PackageResources._004_life_sql),
        Migration(5, "roles", PackageResources._005_roles_sql),
        Migration(6, "current", PackageResources._006_current_sql),
        Migration(7, "sets", PackageResources._007_sets_sql),
        Migration(8, "withdrawn", PackageResources._008_withdrawn_sql),
        Migration(9, "guards", PackageResources._009_guards_sql),
        Migration(10, "publications", PackageResources._010_publications_sql),
        Migration(11, "runners", PackageResources._011_runners_sql),
        Migration(12, "sources", PackageResources._012_sources_sql),
        Migration(13, "selftests", PackageResources._013_selftests_sql),
        Migration(14, "failover", PackageResources._014_failover_sql),
        Migration(15, "reassigned", PackageResources._015_reassigned_sql),
        Migration(16, "operators", PackageResources._016_operators_sql),
        Migration(17, "measures", PackageResources._017_measures_sql),
        Migration(18, "campaigns", PackageResources._018_campaigns_sql),
        Migration(19, "jobs", PackageResources._019_jobs_sql),
        Migration(20, "sizes", PackageResources._020_sizes_sql),
        Migration(21, "scopes", PackageResources._021_scopes_sql),
        Migration(22, "replicas", PackageResources._022_replicas_sql),
        Migration(23, "steps", PackageResources._023_steps_sql),
    ]
}
