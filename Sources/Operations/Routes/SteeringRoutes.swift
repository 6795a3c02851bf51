import Documents
import Execution
import HTTPTypes
import WebService

extension Interface {
    /// What changes something: each needs a token, and is kept with whose it was.
    var steeringRoutes: [Route<ServedRunner>] {
        [
            Route(
                "/v1/runs/{run}/commands",
                "Hold, release, cancel, restart a run, or set its priority.", method: .post,
                [Self.run], result: .document(mediaType: Self.json), body: Self.command,
                problems: Self.refused
            ) { request in
                try Self.answer(
                    try await request.steer(run: request.required("run"), payload: nil))
            },
            Route(
                "/v1/runs/{run}/jobs/{path}/commands",
                "Hold, release, restart or settle a payload, or set its priority.", method: .post,
                [Self.run, Self.job], result: .document(mediaType: Self.json), body: Self.command,
                problems: Self.refused
            ) { request in
                try Self.answer(
                    try await request.steer(
                        run: request.required("run"), payload: request.required("path")))
            },
            Route(
                "/v1/runs/{run}/priority", "Set a run's priority: {\"value\": 10}.", method: .put,
                [Self.run], result: .document(mediaType: Self.json), body: Self.priority,
                problems: Self.refused
            ) { request in
                try Self.answer(
                    try await request.steer(
                        run: request.required("run"), payload: nil, as: .priority))
            },
            Route(
                "/v1/runs/{run}/jobs/{path}/priority",
                "Set a payload's priority: {\"value\": 10}.", method: .put, [Self.run, Self.job],
                result: .document(mediaType: Self.json), body: Self.priority,
                problems: Self.refused
            ) { request in
                try Self.answer(
                    try await request.steer(
                        run: request.required("run"), payload: request.required("path"),
                        as: .priority))
            },
            Route(
                "/v1/pilots/{pilot}/drain", "Have a pilot take nothing more and end.",
                method: .post, [.path("pilot", .text, "Its name.")],
                result: .document(mediaType: Self.json), problems: Self.refused
            ) { request in
                try Self.answer(try await request.drain([request.required("pilot")]))
            },
            Route(
                "/v1/drain",
                "Have all pilots take nothing more and end; those that have not begun are "
                    + "cancelled.", method: .post, result: .document(mediaType: Self.json),
                problems: Self.refused
            ) { request in
                try Self.answer(try await request.drain(nil))
            },
        ]
    }

    private static func body(_ properties: JSONValue, required: [String]) -> JSONValue {
        [
            "required": true,
            "content": [
                "application/json": [
                    "schema": [
                        "type": "object", "required": .list(required), "properties": properties,
                        "additionalProperties": false,
                    ]
                ]
            ],
        ]
    }

    private static let text: JSONValue = ["type": "string", "maxLength": 1000]
    private static let priority = body(
        [
            "value": ["type": "integer", "minimum": -1_000_000_000, "maximum": 1_000_000_000],
            "reason": text, "if_state": text,
        ], required: ["value"])
    private static let command = body(
        [
            "action": [
                "type": "string", "enum": .list(Steering.Action.allCases.map(\.rawValue)),
            ],
            "reason": text, "value": ["type": "integer"], "completed": ["type": "boolean"],
            "resources": ["type": "object"], "if_state": text,
        ], required: ["action"])
}

extension RouteRequest<ServedRunner> {
    /// Gives a command of the body to the runner.
    ///
    /// - Parameter action: which one, where the address says it.
    /// - Throws: `Problem` where whoever asks may not, or where it is refused.
    func steer(
        run: String, payload: String?, as action: Steering.Action? = nil,
        fields given: [String: String]? = nil
    ) async throws -> CommandAnswer {
        let caller = try Caller.of(self)
        var fields = if let given { given } else { try await self.fields() }
        if let action { fields["action"] = action.rawValue }
        let steering = try Steering(fields)
        let command = try steering.command(run: run, payload: payload)
        let answer: CommandAnswer
        do {
            answer = try await state.control.give(command, by: caller.name)
        } catch let error as ExecutionError {
            throw Problem(error)
        }
        guard answer.isDone else { throw Problem(answer) }
        return answer
    }

    /// Has pilots end, or all of them.
    func drain(_ pilots: [String]?, reason: String = "") async throws -> [String] {
        let caller = try Caller.of(self)
        let facts: RunnerFacts?
        do {
            facts = try await state.control.ask(
                .endPilots(pilots), by: caller.name, reason: reason)
        } catch let error as ExecutionError {
            throw Problem(error)
        }
        guard let ended = facts?.ended else {
            throw Problem(
                status: .conflict,
                detail: "the runner of \(state.sdc) has no pilots: its payloads run otherwise")
        }
        if let pilots, ended.isEmpty {
            throw Problem(
                status: .conflict,
                detail: "\(pilots.joined(separator: ", ")) is not there, or is over already")
        }
        return ended
    }
}
