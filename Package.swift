// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// Numerical code, which debug builds optimise too: the tests that plan would take five times as
/// long without. Checks of overflow, indices and preconditions stay.
let numerical: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A Swift target of this package; its tests, where it has any, live in Tests/<name>Tests.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
    settings: [SwiftSetting] = strict
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [])
    -> Target
{
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
        resources: resources,
        swiftSettings: strict)
}

let asyncAlgorithms = Target.Dependency.product(
    name: "AsyncAlgorithms", package: "swift-async-algorithms")
let ordered = Target.Dependency.product(
    name: "OrderedCollections", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
]
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "sgs-distribution-planner",
    products: [
        .executable(name: "sgs", targets: ["sgs"]),
        .executable(name: "sdc-runner", targets: ["sdc-runner"]),
        .executable(name: "sdc-payload", targets: ["sdc-payload"]),
        .executable(name: "sample-step", targets: ["sample-step"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    ],
    targets: [
        // C libraries: a module map and a shim, each with exactly one Swift owner.
        .target(name: "CGLPK", linkerSettings: [.linkedLibrary("glpk")]),
        .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(
            name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CProcess"),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        // Generic layers.
        module("SkyGeometry", settings: numerical),
        module("SkyCoverage", ["SkyGeometry"]),
        module("LinearProgramming", ["CGLPK"], settings: numerical),
        module("PostgreSQL", ["CPQ"]),
        module("Files", ["CSpawn", "Digests", deque]),
        module("PostgreSQLServer", ["PostgreSQL", "Files"]),
        module("Documents", ["CXML", yams]),
        module("Markup"),
        module("Tables", ["Files", "Documents", "Markup", "CZlib", yams]),
        module("Digests", ["CCrypto"]),
        module("Calendars"),
        module("DataDictionary", ["Markup", "Tables"]),
        module(
            "WebService",
            ["Documents", "Markup", "Tables", "CMalloc", deque, ordered, logging] + hummingbird),

        // The domain.
        module("GroundSegment", ["SkyGeometry"]),
        module(
            "Ingestion",
            [
                "GroundSegment", "SkyGeometry", "Tables", "Files", "Documents", "Digests",
                "Calendars", grdb,
            ]),
        module(
            "Planning",
            ["GroundSegment", "SkyGeometry", "LinearProgramming", "Documents", "Digests"],
            settings: numerical),
        module(
            "Reporting",
            [
                "GroundSegment", "SkyGeometry", "SkyCoverage", "Planning", "Markup", "Tables",
                "Files", "DataDictionary",
            ], resources: [.embedInCode("LookUp/report.js")]),
        module(
            "Catalogue",
            [
                "GroundSegment", "SkyGeometry", "PostgreSQL", "PostgreSQLServer", "Tables",
                "DataDictionary", "Campaigns", "Documents",
            ],
            resources: [
                .embedInCode("Schema/Migrations"), .embedInCode("Plans/Steps/Publication.sql"),
                .embedInCode("Plans/Steps/Withdrawal.sql"), .embedInCode("Orders/Orders.sql"),
                .embedInCode("Progress/Progress.sql"), .embedInCode("Campaigns/Campaigns.sql"),
            ]),
        // Execution: embeddable in any runner, no libpq, no GLPK.
        module(
            "BatchSystems", ["Documents", "Files"], resources: [.embedInCode("Descriptions")]),
        module("Payloads", ["CProcess", "Digests"]),
        module(
            "Workflows", ["GroundSegment", "Documents"],
            resources: [.embedInCode("Reading/sgs-graph-2.schema.json")]),
        module(
            "FrontEnds", ["Workflows", "Documents", "Files", "CommonWorkflow"],
            resources: [.embedInCode("Euclid/trace_pipeline.py")]),
        module(
            "CommonWorkflow", ["Documents", "Files", "Digests"],
            resources: [.embedInCode("Expressions/evaluate_expressions.js")]),
        module(
            "Execution",
            [
                "GroundSegment", "Documents", "Files", "Markup", "Payloads", "BatchSystems",
                "Workflows", "Digests", heap, logging, grdb,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            resources: [.embedInCode("Store/Migrations")]),

        // Graphs of tasks over all SDCs, as values. Sweeps go over 100,000 tasks.
        module(
            "Campaigns",
            [
                "GroundSegment", "SkyGeometry", "SkyCoverage", "Documents", "Markup", "Files", heap,
            ], settings: numerical),

        module(
            "Service",
            [
                "GroundSegment", "SkyGeometry", "SkyCoverage", "PostgreSQL", "Catalogue",
                "Campaigns", "Planning", "Reporting", "Markup", "Tables", "Documents",
                "DataDictionary",
                "Digests", "WebService", deque, asyncAlgorithms, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        module(
            "Operations",
            [
                "GroundSegment", "Documents", "Digests", "Payloads", "Workflows", "Execution",
                "Markup", "WebService", asyncAlgorithms, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // Programs: they only wire, and share Commands.
        module(
            "Commands",
            [
                "GroundSegment", "PostgreSQL", "PostgreSQLServer", "Catalogue", "Documents",
                arguments,
            ]),
        program(
            "sgs",
            [
                "Commands",
                "SkyGeometry", "GroundSegment", "Tables", "Ingestion", "Planning",
                "LinearProgramming", "Reporting", "Service",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"), signals,
                "Catalogue", "PostgreSQL", "PostgreSQLServer", "DataDictionary", "Digests", "Files",
                "Documents", "Markup", "Campaigns",
                arguments, logging,
            ]),
        program(
            "sdc-runner",
            [
                "Commands", "GroundSegment", "Execution", "Payloads", "BatchSystems", "Workflows",
                "CommonWorkflow", "FrontEnds", "Documents", "Markup", "Catalogue", "Ingestion",
                "PostgreSQL", "Operations", arguments,
                logging, signals,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        // Small programs without a dependency, quick to start.
        program("sdc-payload", ["Payloads"]),
        program("sample-step", []),
        // The simulation of Benchmarks/choice.
        .executableTarget(
            name: "choice-simulation",
            dependencies: ["Execution", "GroundSegment", "Workflows", heap, deque, arguments],
            path: "Benchmarks/choice/Simulation", swiftSettings: strict),
        // The simulation of Benchmarks/shares.
        .executableTarget(
            name: "quarter-simulation",
            dependencies: ["Campaigns", "GroundSegment", heap, arguments],
            path: "Benchmarks/shares/Simulation", swiftSettings: strict),

        tests("SkyGeometry", resources: [.copy("Samples")]),
        tests("SkyCoverage", ["SkyGeometry"]),
        tests("LinearProgramming", ["CGLPK"]),
        .target(
            name: "TestPostgreSQL",
            dependencies: ["PostgreSQL", "PostgreSQLServer", "Catalogue"],
            path: "Tests/Support/TestPostgreSQL", swiftSettings: strict),
        tests("PostgreSQL", ["TestPostgreSQL"]),
        tests("PostgreSQLServer", ["PostgreSQL", "TestPostgreSQL"]),
        .target(
            name: "TestWebClient",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], path: "Tests/Support/TestWebClient", swiftSettings: strict),
        tests(
            "WebService",
            ["Documents", "Markup", "Tables", "TestWebClient", logging] + hummingbird),
        tests("Files", ["Digests"]),
        tests("Documents"),
        tests("Markup"),
        tests("Tables", ["Files"]),
        tests("Digests"),
        tests("Calendars", resources: [.copy("Samples")]),
        tests("DataDictionary", ["Tables", "Documents"]),
        tests("GroundSegment", ["SkyGeometry"]),
        tests(
            "Ingestion",
            ["GroundSegment", "SkyGeometry", "Tables", "Documents", "Digests", "Planning", grdb]),
        tests(
            "Planning",
            [
                "GroundSegment", "SkyGeometry", "LinearProgramming", "Ingestion", "Digests",
                "Reporting",
            ]),
        tests("Reporting", ["GroundSegment", "SkyGeometry", "Planning", "LinearProgramming"]),
        tests(
            "Catalogue",
            [
                "Campaigns",
                "GroundSegment", "SkyGeometry", "PostgreSQL", "PostgreSQLServer",
                "DataDictionary", "TestPostgreSQL",
            ]),
        tests(
            "Service",
            [
                "GroundSegment", "SkyGeometry", "PostgreSQL", "Catalogue", "Planning", "Tables",
                "WebService", "TestPostgreSQL", "TestWebClient", logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        tests(
            "Commands",
            ["GroundSegment", "PostgreSQL", "PostgreSQLServer", "Catalogue", arguments]),
        tests(
            "sgs",
            [
                "Commands", "Catalogue", "GroundSegment", "Planning", "Documents", "PostgreSQL",
                "TestPostgreSQL",
            ]),
        tests(
            "Campaigns", ["GroundSegment", "SkyGeometry", "SkyCoverage", "Documents"],
            resources: [.copy("Samples")]),
        tests("BatchSystems", resources: [.copy("StandIns")]),
        tests("Payloads", ["sdc-payload"]),
        tests(
            "Operations",
            [
                "Execution", "Workflows", "Payloads", "GroundSegment", "WebService", "sdc-payload",
                "TestWebClient", logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        tests("FrontEnds", ["Workflows", "Documents"], resources: [.copy("Samples")]),
        tests("CommonWorkflow", ["Documents"]),
        tests("Workflows", ["GroundSegment", "Documents"], resources: [.copy("Samples")]),
        tests(
            "Execution",
            [
                "GroundSegment", "SkyGeometry", "Digests", "Catalogue", "PostgreSQL",
                "TestPostgreSQL", "Files", "Payloads", "BatchSystems", "Workflows", "FrontEnds",
                "sdc-runner", "sdc-payload", "sample-step", grdb, logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
