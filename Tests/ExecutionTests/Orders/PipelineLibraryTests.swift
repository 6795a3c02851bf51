import Testing

@testable import Execution

@Suite struct PipelineLibraryTests {
    @Test("a program that is nowhere is told before anything runs")
    func missingProgram() throws {
        let error = try #require(throws: ExecutionError.self) {
            _ = try PipelineLibrary(folder: Programs.samplePipelines, searchPath: ["/nowhere"])
        }
        #expect(error.code == .badPipeline)
        #expect(error.diagnostics.count == 7)
        #expect(
            error.diagnostics.first?.description
                == "observation.json: ingest_raw: command: found \"sample-step\", expected a program in /nowhere"
        )
    }

    @Test("a folder without a pipeline is refused")
    func empty() throws {
        let folder = try TestFolder()
        let error = try #require(throws: ExecutionError.self) {
            _ = try PipelineLibrary(folder: folder.path, searchPath: [])
        }
        #expect(error.message == "\(folder.path): there is no pipeline (*.json)")
    }

    @Test("the sample pipelines find their program beside the runner")
    func samples() throws {
        let library = try PipelineLibrary(
            folder: Programs.samplePipelines, searchPath: [Programs.folder])
        #expect(library.pipelines.keys.sorted() == ["observation", "tile"])
    }
}
