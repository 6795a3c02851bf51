import Documents

/// A place in one of the files that a campaign is read from, where faults can be noted.
struct Spot {
    let mark: TextMark
    let path: String?
    let log: FaultLog

    func fault(found: String, expected: String) {
        log.add(
            line: mark.line, column: mark.column, field: path, found: found, expected: expected)
    }
}

/// A text with its place.
struct Spotted {
    var text: String
    let spot: Spot
}

extension DocumentObject {
    /// Where the object is.
    var spot: Spot { Spot(mark: mark, path: path.isEmpty ? nil : path, log: faults) }

    /// Where a key is.
    func spot(_ key: String) -> Spot { Spot(mark: mark(key), path: path(key), log: faults) }

    /// A name; `nil` with a fault where the key has something else.
    func name(_ key: String, isQualified: Bool = false) -> Spotted? {
        let rule = isQualified ? CampaignName.qualifiedRule : CampaignName.rule
        guard let text = text(key, expected: rule) else { return nil }
        guard isQualified ? CampaignName.isQualified(text) : CampaignName.isPlain(text) else {
            fault(key, expected: rule)
            return nil
        }
        return Spotted(text: text, spot: spot(key))
    }

    /// The names of a list, each with its place; `nil` where the key is absent.
    func names(_ key: String) -> [Spotted]? {
        guard has(key) else { return nil }
        return list(key).enumerated().compactMap { index, value in
            let path = path(key, index)
            guard let text = text(value, at: path, expected: CampaignName.qualifiedRule) else {
                return nil
            }
            guard CampaignName.isQualified(text) else {
                fault(value, at: path, expected: CampaignName.qualifiedRule)
                return nil
            }
            return Spotted(text: text, spot: Spot(mark: value.mark, path: path, log: faults))
        }
    }
}
