/// The floors as `Package.swift` states them.
struct FloorPlan {
    /// A target that other targets may import, or the command.
    struct Module {
        let name: String
        let floor: Int
        /// Modules of this package that it may import.
        let modules: Set<String>
        /// Modules of other packages that it may import.
        let products: Set<String>
        /// The Debian package of a system library, else nil.
        let apt: String?

        /// Where its files are.
        var folder: String { name == "Migrations" ? name : "Sources/\(name)" }
    }

    /// In the order of the manifest, which is that of the floors.
    let modules: [Module]
    /// The modules of other packages that the manifest names.
    let products: Set<String>

    /// Reads a manifest that is written as ours is: `floor(…)`, `system(…)` and one `.executableTarget(…)` under
    /// comments `// Floor N`.
    init(manifest: String) {
        let variables = Dictionary(
            manifest.matches(of: /let (\w+): Target\.Dependency = \.product\(name: "(\w+)"/)
                .map { (String($0.output.1), String($0.output.2)) },
            uniquingKeysWith: { first, _ in first })
        let floors = manifest.matches(of: /\/\/ Floor (\d+)/).map { ($0.range.lowerBound, Int($0.output.1) ?? -1) }
        func floor(at place: String.Index) -> Int {
            floors.last { $0.0 < place }?.1 ?? -1
        }

        var found: [(place: String.Index, module: Module)] = []
        for match in manifest.matches(of: /system\("(\w+)"[^)]*apt: "([^"]+)"/) {
            let place = match.range.lowerBound
            let module = Module(
                name: String(match.output.1), floor: floor(at: place), modules: [], products: [],
                apt: String(match.output.2))
            found.append((place, module))
        }
        let libraries = manifest.matches(of: /floor\(\s*"(\w+)",\s*\[([^\]]*)\]/)
        let commands = manifest.matches(of: /\.executableTarget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/)
        for match in libraries + commands {
            let place = match.range.lowerBound
            let list = match.output.2
            let words = list.replacing(/"\w+"/, with: "").matches(of: /\w+/).map { String($0.output) }
            let module = Module(
                name: String(match.output.1), floor: floor(at: place),
                modules: Set(list.matches(of: /"(\w+)"/).map { String($0.output.1) }),
                products: Set(words.compactMap { variables[$0] }), apt: nil)
            found.append((place, module))
        }
        modules = found.sorted { $0.place < $1.place }.map(\.module)
        products = Set(variables.values)
    }

    /// The plan of this repository.
    static func ofThisHouse() throws -> FloorPlan {
        FloorPlan(manifest: try Repository.text("Package.swift"))
    }

    /// The module of a name.
    subscript(name: String) -> Module? {
        modules.first { $0.name == name }
    }

    /// The names of all modules.
    var names: Set<String> { Set(modules.map(\.name)) }
}
