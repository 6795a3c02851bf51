/// A value that goes to the server as a parameter, or comes from it, in PostgreSQL's text form.
public protocol SQLValue: Sendable {
    /// The text form; `nil` for NULL.
    var sqlText: String? { get }

    /// The value of a text form (`nil` for NULL); `nil` where the text is none of this type.
    init?(sqlText: String?)
}

extension String: SQLValue {
    public var sqlText: String? { self }

    public init?(sqlText: String?) {
        guard let sqlText else { return nil }
        self = sqlText
    }
}

extension Int: SQLValue {
    public var sqlText: String? { description }

    public init?(sqlText: String?) {
        guard let sqlText else { return nil }
        self.init(sqlText)
    }
}

/// Not a number and the infinities have PostgreSQL's names for them.
extension Double: SQLValue {
    public var sqlText: String? { description }

    public init?(sqlText: String?) {
        guard let sqlText else { return nil }
        self.init(sqlText)
    }
}

extension Bool: SQLValue {
    public var sqlText: String? { self ? "t" : "f" }

    public init?(sqlText: String?) {
        switch sqlText {
        case "t": self = true
        case "f": self = false
        default: return nil
        }
    }
}

/// `nil` is NULL.
extension Optional: SQLValue where Wrapped: SQLValue {
    public var sqlText: String? { self?.sqlText }

    public init?(sqlText: String?) {
        guard let sqlText else {
            self = .none
            return
        }
        guard let value = Wrapped(sqlText: sqlText) else { return nil }
        self = .some(value)
    }
}
