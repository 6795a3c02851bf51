extension BatchSystemDescription.IDForms {
    /// A task as commands name it.
    func task(_ id: BatchJobID) -> String {
        guard let index = id.index else { return Self.filled(job, id.base) }
        return Self.filled(task, id.base, index)
    }

    /// The jobs and arrays that tasks belong to, each once, as commands name them.
    func whole(_ ids: [BatchJobID]) -> [String] {
        var isArray: [String: Bool] = [:]
        for id in ids { isArray[id.base, default: false] = id.index != nil }
        return isArray.sorted { BatchJobID($0.key) < BatchJobID($1.key) }.map { base, isArray in
            Self.filled(isArray ? array : job, base)
        }
    }

    private static func filled(_ form: String, _ base: String, _ index: Int? = nil) -> String {
        Places.fill(form) { place in
            switch place {
            case "base": .value(base)
            case "index": .of(index.map(String.init))
            case "index0": .of(index.map { String($0 - 1) })
            default: nil
            }
        } ?? base
    }
}

/// A command's words with places for ids.
enum CommandWords {
    /// `{bases}` and `{ids}` stand for one word each: the jobs and arrays, and their tasks;
    /// `{bases,}` and `{ids,}` for one word of all, with commas.
    static func fill(
        _ words: [String], ids: [String] = [], bases: [String] = [], name: String? = nil,
        script: String? = nil
    ) -> [String] {
        words.flatMap { word -> [String] in
            switch word {
            case "{ids}": return ids
            case "{bases}": return bases
            default:
                let filled = Places.fill(word) { place in
                    switch place {
                    case "ids,": .value(ids.joined(separator: ","))
                    case "bases,": .value(bases.joined(separator: ","))
                    case "name": .of(name)
                    case "script": .of(script)
                    default: nil
                    }
                }
                return filled.map { [$0] } ?? []
            }
        }
    }
}
