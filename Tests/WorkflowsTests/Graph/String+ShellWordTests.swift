import Testing
import Workflows

@Suite struct ShellWordTests {
    @Test(
        "a shell takes the word for the text",
        arguments: [
            ("plain", "plain"), ("/a/b-c_d.fits", "/a/b-c_d.fits"), ("--port=x", "--port=x"),
            ("", "''"), ("two words", "'two words'"), ("it's", "'it'\\''s'"), ("$HOME", "'$HOME'"),
            ("#no remark", "'#no remark'"), ("a#b", "a#b"), ("é", "'é'"),
        ])
    func word(text: String, word: String) {
        #expect(text.shellWord == word)
    }
}
