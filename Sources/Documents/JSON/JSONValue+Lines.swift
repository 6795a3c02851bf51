extension JSONValue {
    /// The value in JSON's notation for people: a member or element on each line, two more spaces
    /// before what is within it, spaces around colons; what JSON has no number for is null.
    public var inLines: String {
        var text = ""
        writeLines(to: &text, indentation: "\n")
        return text
    }

    /// - Parameter indentation: what a line of this value begins with, the line break before it.
    private func writeLines(to text: inout String, indentation: String) {
        switch self {
        case .list(let values) where !values.isEmpty:
            text += "["
            for (index, value) in values.enumerated() {
                text += (index > 0 ? "," : "") + indentation + "  "
                value.writeLines(to: &text, indentation: indentation + "  ")
            }
            text += indentation + "]"
        case .object(let members) where !members.isEmpty:
            text += "{"
            for (index, member) in members.enumerated() {
                text += (index > 0 ? "," : "") + indentation + "  "
                text += JSONText.quoted(member.name) + " : "
                member.value.writeLines(to: &text, indentation: indentation + "  ")
            }
            text += indentation + "}"
        case .text, .integer, .real, .boolean, .null, .list, .object: text += encoded
        }
    }
}
