import CGLPK
import Foundation
import LinearProgramming
import Testing

@Suite("LPFormat")
struct LPFormatTests {
    /// What GLPK makes of a text: names, and the least cost or `nil` where there is none.
    private struct Reading {
        var columns: [String] = []
        var rows: [String] = []
        var optimum: Double?
    }

    private func read(_ text: String) throws -> Reading {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).lp")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        glp_term_out(GLP_OFF)
        let problem = glp_create_prob()
        defer { glp_delete_prob(problem) }
        try #require(glp_read_lp(problem, nil, file.path) == 0, "\(text)")
        var reading = Reading()
        reading.columns = (0..<glp_get_num_cols(problem)).map {
            String(cString: glp_get_col_name(problem, $0 + 1))
        }
        reading.rows = (0..<glp_get_num_rows(problem)).map {
            String(cString: glp_get_row_name(problem, $0 + 1))
        }
        var parameters = glp_iocp()
        glp_init_iocp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.presolve = GLP_ON
        if glp_intopt(problem, &parameters) == 0, glp_mip_status(problem) == GLP_OPT {
            reading.optimum = glp_mip_obj_val(problem)
        }
        return reading
    }

    @Test("a written program reads as it is meant")
    func golden() {
        var program = Program()
        let x = program.addVariable("tiles/SDC-FR", upper: 10, cost: 0.03)
        let y = program.addVariable("free", lower: -.infinity, cost: -1, isInteger: true)
        program.addRow("work/SDC-FR", lower: 1, upper: 4, terms: [.init(2, x), .init(-1.5, y)])
        #expect(
            LPFormat(program).text(title: "sample") == #"""
                \ sample
                \ In names / is written ., - is written _, and others ~XX.
                Minimize
                 cost: + 0.03 tiles.SDC_FR - 1.0 ~66ree
                Subject To
                \ work/SDC-FR
                 work.SDC_FR~least: + 2.0 tiles.SDC_FR - 1.5 ~66ree >= 1.0
                 work.SDC_FR~most: + 2.0 tiles.SDC_FR - 1.5 ~66ree <= 4.0
                Bounds
                \ tiles/SDC-FR
                 0.0 <= tiles.SDC_FR <= 10.0
                \ free
                 ~66ree free
                General
                 ~66ree
                End

                """#)
    }

    @Test("a program read back by GLPK has the same names and the optimum that enumeration finds")
    func readBack() throws {
        var generator = TestGenerator(seed: 17)
        for _ in 0..<100 {
            let small = SmallProgram(using: &generator)
            let reading = try read(LPFormat(small.program).text(title: "random"))
            #expect(Set(reading.columns) == Set(small.program.variables.map(\.name)))
            if let optimum = small.optimum {
                #expect(abs(try #require(reading.optimum) - optimum) < 1e-6)
            } else {
                #expect(reading.optimum == nil)
            }
        }
    }

    @Test("key words, numbers, blanks, letters beyond ASCII and long names are read back as names")
    func names() throws {
        var program = Program()
        let names = [
            "free", "End", "e1", "1", ".5", "a b", "a+b", "x:y", "é", "\\", "st", "bounds", "-inf",
            String(repeating: "ü", count: 300), "two\nlines", "",
        ]
        for name in names {
            let x = program.addVariable(name, cost: 1)
            program.addRow(name, lower: 2, terms: [.init(1, x)])
        }
        let reading = try read(LPFormat(program).text(title: "names\nand \u{7} more"))
        #expect(reading.columns.count == names.count && reading.rows.count == names.count)
        #expect(reading.optimum == Double(2 * names.count))
    }

    @Test("programs without variables, rows without terms or bounds, and unused variables are read")
    func corners() throws {
        #expect(try read(LPFormat(Program()).text(title: "empty")).optimum == 0)
        var program = Program()
        let x = program.addVariable("x", lower: -4, upper: -2)
        _ = program.addVariable("unused", upper: 1, isInteger: true)
        program.addRow("no terms", upper: 1, terms: [])
        program.addRow("no bounds", terms: [.init(1, x)])
        let reading = try read(LPFormat(program).text(title: "corners"))
        #expect(Set(reading.columns) == ["x", "unused"])
        #expect(reading.rows == ["no~20terms"])
        #expect(reading.optimum == 0)
    }
}
