/// The queries of the order queue and of the board; `Orders.sql` explains them.
enum OrderSQL {
    private static let file = SQLFile(PackageResources.Orders_sql)

    static let take = file["take"]
    static let orders = file["orders"]
    static let inputs = file["inputs"]
    static let waiting = file["waiting"]
    static let waitingFor = file["waitingFor"]
    static let needed = file["needed"]
    static let blocked = file["blocked"]
    static let held = file["held"]
    static let heldProduct = file["heldProduct"]
    static let lateReplica = file["lateReplica"]
    static let wishes = file["wishes"]
    static let inputOrders = file["inputOrders"]
    static let waits = file["waits"]
    static let register = file["register"]
    static let runners = file["runners"]
    static let orderTakings = file["orderTakings"]
    static let orderIssue = file["orderIssue"]
    static let board = file["board"]
    static let dueOrders = file["dueOrders"]
    static let blockedOrders = file["blockedOrders"]
}
