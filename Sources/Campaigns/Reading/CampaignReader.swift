import Documents
import Foundation
import GroundSegment

/// Reads a campaign's file and those that it names.
struct CampaignReader {
    private let folders: CampaignFolders
    private var logs: [FaultLog] = []
    /// The files that are being read, each named by the one before.
    private var open: [String] = []

    /// The most files that name one another.
    private static let deepest = 8
    private static let keys = [
        "name", "template", "clone", "parameters", "without", "title", "survey", "release",
        "priority", "share", "items", "policy", "data", "tasks", "results", "campaigns", "retry",
    ]

    init(folders: CampaignFolders) {
        self.folders = folders
    }

    mutating func campaign(_ name: String, parameters: [String: String]) throws(CampaignError)
        -> Campaign
    {
        let log = FaultLog(file: "parameters")
        logs.append(log)
        let values = parameters.sorted { $0.key < $1.key }.compactMap { name, text in
            value(text, of: name, log).map {
                DocumentValue.Field(name: name, mark: .start, value: $0)
            }
        }
        let spot = Spot(mark: .start, path: nil, log: log)
        let arguments = TemplateParameters.Arguments(values: values, spot: spot)
        guard
            let read = try file(name, parameters.isEmpty ? nil : arguments, namedAt: nil)
        else { throw failure(name) }
        let campaign = read.draft.campaign(name, spot: read.spot)
        guard let campaign, logs.allSatisfy(\.isEmpty) else { throw failure(name) }
        return campaign
    }

    mutating func parameters(_ name: String) throws(CampaignError) -> [CampaignFile.Parameter] {
        guard let root = try root(name, namedAt: nil) else { throw failure(name) }
        if root.has("template") || root.has("clone") { return [] }
        let parameters = TemplateParameters(root)
        guard logs.allSatisfy(\.isEmpty) else { throw failure(name) }
        return parameters.declarations.map {
            CampaignFile.Parameter(
                name: $0.name, meaning: $0.meaning, isRequired: $0.standard == nil)
        }
    }

    private func failure(_ name: String) -> CampaignError {
        let faulty = logs.filter { !$0.isEmpty }
        return CampaignError(.badCampaign, file: name, faulty.flatMap(\.diagnostics))
    }

    private func value(_ text: String, of name: String, _ log: FaultLog) -> DocumentValue? {
        do throws(DocumentError) {
            return try DocumentValue(text, notation: .yaml)
        } catch {
            log.add(field: name, found: PlainText.quoted(text), expected: "a YAML value")
            return nil
        }
    }

    // MARK: - Files

    /// The document of a file; `nil` with a fault where there is none.
    private mutating func root(_ name: String, namedAt spot: Spot?) throws(CampaignError)
        -> DocumentObject?
    {
        let isName = CampaignName.isPlain(name)
        guard isName, let file = try folders.file(name) else {
            guard let spot else {
                throw CampaignError(
                    .unknown, message: "\(name): found no such campaign, expected \(name).yaml")
            }
            spot.fault(
                found: PlainText.quoted(name),
                expected: isName ? "a file \(name).yaml" : CampaignName.rule)
            return nil
        }
        let log = logs.first { $0.file == file.path } ?? FaultLog(file: file.path)
        if !logs.contains(where: { $0 === log }) { logs.append(log) }
        switch DocumentEncoding.text(of: file.data) {
        case .success(let text):
            return DocumentObject(text, notation: folders.notation, faults: log)
        case .failure(let fault):
            log.add(found: fault.found, expected: fault.expected)
            return nil
        }
    }

    /// What a file describes; `nil` with faults where that cannot be said.
    private mutating func file(
        _ name: String, _ arguments: TemplateParameters.Arguments?, namedAt spot: Spot?
    ) throws(CampaignError) -> (draft: CampaignDraft, spot: Spot)? {
        if open.contains(name) || open.count == Self.deepest {
            let path = (open + [name]).joined(separator: " -> ")
            spot?.fault(
                found: "files that name one another: \(path)",
                expected: "no circle, and at most \(Self.deepest) files")
            return nil
        }
        guard let root = try root(name, namedAt: spot) else { return nil }
        open.append(name)
        defer { open.removeLast() }
        if let own = root.text("name"), own != name {
            root.fault("name", expected: "\(name), as the file is called")
        }
        if root.has("template") || root.has("clone") {
            if let arguments, !arguments.values.isEmpty {
                arguments.spot.fault(
                    found: "parameters for \(name), which is no template", expected: "none")
            }
            return try draft(root).map { ($0, root.spot) }
        }
        let parameters = TemplateParameters(root)
        let isTemplate = !parameters.declarations.isEmpty
        let named = spot.map { TemplateParameters.Arguments(values: [], spot: $0) }
        let values = parameters.values(
            arguments ?? (isTemplate ? named : nil), root: root)
        // Without its values a template's faults would be those of the lack.
        guard values.count == parameters.declarations.count,
            let filled = parameters.filled(root, values)
        else { return nil }
        return try draft(filled).map { ($0, root.spot) }
    }

    // MARK: - Campaigns

    /// What an object describes: a file's root or a campaign within one.
    ///
    /// - Parameter others: keys that it has besides.
    private mutating func draft(_ root: DocumentObject, others: [String] = [])
        throws(CampaignError) -> CampaignDraft?
    {
        root.check(keys: Self.keys + others)
        guard let base = try self.base(root) else {
            // What is not known cannot be checked; the rest of the file can.
            _ = read(root, over: CampaignDraft())
            return nil
        }
        var draft = read(root, over: base)
        for (index, inner) in root.objects("campaigns").enumerated() {
            try add(inner, at: root.path("campaigns", index), to: &draft)
        }
        draft.dropData(readBy: base.tasks)
        return draft
    }

    /// What a campaign begins with: a template with its parameters, a clone, or nothing.
    private mutating func base(_ root: DocumentObject) throws(CampaignError) -> CampaignDraft? {
        guard root.has("template") || root.has("clone") else { return CampaignDraft() }
        guard let key = root.oneOf(["template", "clone"]), let name = root.text(key) else {
            return nil
        }
        if key == "clone" {
            if root.has("parameters") {
                root.fault(
                    "parameters", found: "parameters of a clone",
                    expected: "parameters with template only")
            }
            return try file(name, nil, namedAt: root.spot(key))?.draft
        }
        let values = root.object("parameters", required: false)
        let spot = values == nil ? root.spot(key) : root.spot("parameters")
        let before = logs.reduce(0) { $0 + $1.count }
        let arguments = TemplateParameters.Arguments(values: values?.fields ?? [], spot: spot)
        let draft = try file(name, arguments, namedAt: root.spot(key))?.draft
        let log = logs.first { $0 !== root.faults && !$0.isEmpty }
        if log != nil, logs.reduce(0, { $0 + $1.count }) > before, root.faults.isEmpty {
            spot.fault(
                found: "values with which the template \(name) has faults",
                expected: "values that it can take")
        }
        return draft
    }

    /// What an object says itself, over what it begins with.
    private func read(_ root: DocumentObject, over base: CampaignDraft) -> CampaignDraft {
        var draft = base
        draft.title = root.optionalText("title") ?? base.title
        draft.survey = root.optionalText("survey") ?? base.survey
        draft.release = root.optionalText("release") ?? base.release
        draft.priority =
            root.optionalCount("priority", in: -1_000_000...1_000_000) ?? base.priority
        draft.share = root.optionalNumber("share", .from(0.001, to: 1000)) ?? base.share
        draft.items = root.items("items") ?? base.items
        draft.policy = root.policy("policy").over(base.policy)
        for name in root.names("without") ?? [] {
            guard draft.tasks.contains(where: { $0.name.text == name.text }) else {
                name.spot.fault(
                    found: "task \(name.text)", expected: "a task of what the campaign is made of")
                continue
            }
            draft.tasks.removeAll { $0.name.text == name.text }
        }
        draft.data += root.objects("data").compactMap { $0.outsideData() }
        let inherited = Set(draft.tasks.map(\.name.text))
        for object in root.objects("tasks") {
            guard let task = object.task(cloning: draft.tasks) else { continue }
            draft.add(task, replacing: inherited.contains(task.name.text))
        }
        draft.results = root.names("results") ?? base.results
        draft.retry = root.retryRules("retry") ?? base.retry
        return draft
    }

    /// Takes a campaign within another one.
    private mutating func add(
        _ inner: DocumentObject, at path: String, to draft: inout CampaignDraft
    ) throws(CampaignError) {
        guard let name = inner.name("name") else { return }
        let inputs = inner.object("inputs", required: false)
        guard let own = try self.draft(inner, others: ["inputs"]) else { return }
        var bound: [String: String] = [:]
        for field in inputs?.fields ?? [] {
            guard own.data.contains(where: { $0.name.text == field.name }) else {
                inputs?.fault(
                    field.name, found: "data set \(PlainText.quoted(field.name))",
                    expected: own.data.isEmpty
                        ? "none, for it takes none from outside"
                        : "one that it takes from outside: "
                            + own.data.map(\.name.text).joined(separator: ", "))
                continue
            }
            bound[field.name] = inputs?.text(field.name)
        }
        draft.add(own, prefix: name.text, inputs: bound)
    }
}
