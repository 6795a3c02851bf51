/// What processes inside attempts say.
extension Agent {
    /// The most subjobs of one attempt.
    private static let mostSubjobs = 100_000

    /// Takes what a process of an attempt asks for, when it knows the attempt's token; it is in the
    /// attempt's folder before it is accepted, and told again on every connection.
    mutating func hear(payload line: [UInt8], from peer: AgentPeer) {
        defer { peer.isEnding = true }
        do throws(PayloadError) {
            let fields = try JSONFields(try JSONReader.value(of: line), "message")
            let id = try fields.text("id")
            guard let attempt = active[id], attempt.order.token == (try fields.token("token"))
            else {
                throw PayloadError(.message, "no such attempt runs here")
            }
            guard attempt.subjobs < Self.mostSubjobs else {
                throw PayloadError(.message, "more than \(Self.mostSubjobs) subjobs")
            }
            let text = printable(try fields.text("text").utf8, limit: 1 << 16)
            try attempt.folder.append(subjob: text)
            tell(.subjob(id: id, number: attempt.subjobs, text: text))
            attempt.subjobs += 1
            var writer = JSONWriter()
            writer.object { $0.field("say", "accepted") }
            peer.say(writer.bytes + [0x0A])
        } catch {
            refuse(nil, printable(error.description.utf8), to: peer)
        }
    }

    /// Tells again what an attempt has asked for.
    func tell(subjobsOf folder: AttemptFolder, _ id: String, to peer: AgentPeer) {
        for (number, text) in folder.subjobs().enumerated() {
            say(.subjob(id: id, number: number, text: text), to: peer)
        }
    }
}
