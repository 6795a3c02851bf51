import Commands

extension AnswerOptions {
    /// Writes a line for the operator on standard error, where that is wanted.
    func remark(_ text: String) {
        if !quiet { SGS.remark(text) }
    }
}
