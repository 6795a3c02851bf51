/// Where what others use of the SDCs comes from.
public enum ReservedSource: Hashable, Sendable {
    /// What other surveys have published in the catalogue.
    case published
    /// A table, relative to the case.
    case file(String)
}
