/// The statements that undo a publication, in the order in which they run; `Withdrawal.sql`
/// explains them.
enum WithdrawalSQL {
    private static let file = SQLFile(PackageResources.Withdrawal_sql)

    static let staging = file["staging"]
    static let begin = file["begin"]
    static let ownership = file["ownership"]
    static let changes = file["changes"]
    static let running = file["running"]
    static let withdrawOrders = file["withdrawOrders"]
    static let rescheduleBack = file["rescheduleBack"]
    static let reissue = file["reissue"]
    static let counts = file["counts"]
    static let centres = file["centres"]
}
