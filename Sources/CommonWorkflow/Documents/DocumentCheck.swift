import Documents

/// Checks a whole document before anything of it is run: links, their types, expressions, and
/// whether all that it needs is offered.
final class DocumentCheck {
    private let faults: DocumentFaults
    private let hasJavaScript: Bool
    private var steps = 0

    /// Steps in all, those of a workflow counted as often as it is run.
    private static let most = 100_000

    init(faults: DocumentFaults, hasJavaScript: Bool) {
        self.faults = faults
        self.hasJavaScript = hasJavaScript
    }

    func check(_ process: Process, in outer: RequirementScope = RequirementScope()) {
        let scope = outer.entering(process)
        let stepScopes: [String: RequirementScope]
        if case .workflow(let workflow) = process.kind {
            stepScopes = Dictionary(
                workflow.steps.map {
                    ($0.name, scope.entering($0.requirements, hints: $0.hints))
                }, uniquingKeysWith: { first, _ in first })
        } else {
            stepScopes = [:]
        }
        for text in process.expressions {
            check(text, in: text.step.flatMap { stepScopes[$0] } ?? scope, process.version)
        }
        switch process.kind {
        case .operation:
            faults.addUnsupported("an Operation has nothing that could be run", at: process.place)
        case .workflow(let workflow): check(workflow, of: process, in: scope, stepScopes)
        case .expression:
            if scope.javascript == nil {
                faults.add(
                    at: process.place, field: "requirements", found: "an ExpressionTool without it",
                    expected: "InlineJavascriptRequirement")
            }
        case .tool: break
        }
    }

    private func check(
        _ text: ProcessExpressions.Text, in scope: RequirementScope, _ version: CWLVersion
    ) {
        let interpolation: Interpolation
        do {
            interpolation = try Interpolation(text.text, version: version)
        } catch {
            return faults.add(
                at: text.place, found: "an expression without its end", expected: "its end")
        }
        guard !interpolation.isOfReferences else { return }
        if scope.javascript == nil {
            faults.add(
                at: text.place, found: "an expression that is no reference to a parameter",
                expected: "InlineJavascriptRequirement, or a reference")
        } else if !hasJavaScript {
            faults.addUnsupported(
                "JavaScript expressions need node, which is not installed", at: text.place)
        }
    }

    // MARK: - Workflows

    private func check(
        _ workflow: Workflow, of process: Process, in scope: RequirementScope,
        _ stepScopes: [String: RequirementScope]
    ) {
        steps += workflow.steps.count
        guard steps <= Self.most else {
            if steps - workflow.steps.count <= Self.most {
                faults.add(
                    at: process.place, found: "more than \(Self.most) steps", expected: "fewer")
            }
            return
        }
        LinkCheck(process: process, workflow: workflow, faults: faults).check()
        if process.outputs.contains(where: { ($0.link?.sources.count ?? 0) > 1 }) {
            need("MultipleInputFeatureRequirement", in: scope, at: process.place)
        }
        for step in workflow.steps {
            let inner = stepScopes[step.name] ?? scope
            checkFeatures(of: step, in: inner)
            check(step.process, in: inner)
        }
    }

    private func checkFeatures(of step: Step, in scope: RequirementScope) {
        if !step.scatter.isEmpty { need("ScatterFeatureRequirement", in: scope, at: step.place) }
        if case .workflow = step.process.kind {
            need("SubworkflowFeatureRequirement", in: scope, at: step.place)
        }
        for input in step.inputs {
            if input.valueFrom != nil {
                need("StepInputExpressionRequirement", in: scope, at: input.place)
            }
            if input.link.sources.count > 1 {
                need("MultipleInputFeatureRequirement", in: scope, at: input.place)
            }
        }
    }

    private func need(_ feature: String, in scope: RequirementScope, at place: Node.Place) {
        // JavaScript is declared for valueFrom as often as its own requirement.
        guard scope[feature] == nil else { return }
        faults.add(at: place, field: "requirements", found: "none", expected: feature)
    }
}
