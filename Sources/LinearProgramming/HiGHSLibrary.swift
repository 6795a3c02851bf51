import Foundation

/// The functions of HiGHS's C interface that are used here, from its shared library.
///
/// Declared after `highs_c_api.h` of HiGHS 1.x with HighsInt as a 32-bit integer, which
/// `init` verifies.  The library is never unloaded: it keeps state for each thread.
struct HiGHSLibrary: Sendable {
    typealias Object = UnsafeMutableRawPointer
    typealias Name = UnsafePointer<CChar>
    typealias Numbers = UnsafePointer<Double>?
    typealias Places = UnsafePointer<Int32>?
    typealias Results = UnsafeMutablePointer<Double>?

    typealias Create = @convention(c) @Sendable () -> Object?
    typealias Destroy = @convention(c) @Sendable (Object) -> Void
    typealias Ask = @convention(c) @Sendable (Object) -> Int32
    typealias SetInt = @convention(c) @Sendable (Object, Name, Int32) -> Int32
    typealias SetDouble = @convention(c) @Sendable (Object, Name, Double) -> Int32
    typealias SetText = @convention(c) @Sendable (Object, Name, Name) -> Int32
    typealias IntInfo =
        @convention(c) @Sendable (Object, Name, UnsafeMutablePointer<Int32>) -> Int32
    typealias DoubleInfo =
        @convention(c) @Sendable (Object, Name, UnsafeMutablePointer<Double>) -> Int32
    typealias GetSolution =
        @convention(c) @Sendable (Object, Results, Results, Results, Results) -> Int32
    /// Columns, rows, entries, matrix format, sense, offset; costs, bounds of columns and of
    /// rows; starts, places and values of the entries; kinds of the columns.
    typealias PassMip =
        @convention(c) @Sendable (
            Object, Int32, Int32, Int32, Int32, Int32, Double, Numbers, Numbers, Numbers, Numbers,
            Numbers, Places, Places, Numbers, Places
        ) -> Int32

    let version: String
    let create: Create
    let destroy: Destroy
    let setBool: SetInt
    let setInt: SetInt
    let setDouble: SetDouble
    let setText: SetText
    let passMip: PassMip
    let run: Ask
    let modelStatus: Ask
    let intInfo: IntInfo
    let doubleInfo: DoubleInfo
    let solution: GetSolution

    /// The library at `path`, or where the dynamic loader finds a bare name; `nil` where it cannot
    /// be loaded or has another interface than the one declared here.
    init?(path: String) {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { return nil }
        func find<Function>(_ name: String, as type: Function.Type) -> Function? {
            dlsym(library, "Highs_\(name)").map { unsafeBitCast($0, to: type) }
        }
        typealias Describe = @convention(c) () -> Name?
        guard
            let version = find("version", as: Describe.self)?(),
            let size = find("getSizeofHighsInt", as: Ask.self),
            let create = find("create", as: Create.self),
            let destroy = find("destroy", as: Destroy.self),
            let setBool = find("setBoolOptionValue", as: SetInt.self),
            let setInt = find("setIntOptionValue", as: SetInt.self),
            let setDouble = find("setDoubleOptionValue", as: SetDouble.self),
            let setText = find("setStringOptionValue", as: SetText.self),
            let passMip = find("passMip", as: PassMip.self),
            let run = find("run", as: Ask.self),
            let modelStatus = find("getModelStatus", as: Ask.self),
            let intInfo = find("getIntInfoValue", as: IntInfo.self),
            let doubleInfo = find("getDoubleInfoValue", as: DoubleInfo.self),
            let solution = find("getSolution", as: GetSolution.self)
        else { return nil }
        self.version = String(cString: version)
        guard self.version.hasPrefix("1."), let probe = create() else { return nil }
        defer { destroy(probe) }
        guard size(probe) == 4 else { return nil }
        (self.create, self.destroy, self.run) = (create, destroy, run)
        (self.setBool, self.setInt, self.setDouble) = (setBool, setInt, setDouble)
        (self.setText, self.passMip, self.modelStatus) = (setText, passMip, modelStatus)
        (self.intInfo, self.doubleInfo, self.solution) = (intInfo, doubleInfo, solution)
    }
}
