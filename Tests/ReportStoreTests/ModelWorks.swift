import ReportStore
import Reports
import Support

/// Something that is done to a store.
enum ModelWork: CustomStringConvertible {
    case save(Draft)
    case withdraw(Int)
    case edit(Int, AgencyEdit)
    case merge(Int, into: Int)
    case acknowledge(String, Int)
    case takeBack(String, Int)
    case reindex
    case index

    var kind: String { description.prefix { $0 != " " }.description }

    var description: String {
        switch self {
        case .save(let draft): "save \(draft)"
        case .withdraw(let index): "withdraw report \(index + 1)"
        case .edit(let id, let edit): "edit agency \(id): \(edit)"
        case .merge(let id, let target): "merge agency \(id) into \(target)"
        case .acknowledge(let fingerprint, let index): "acknowledge \(fingerprint) of report \(index + 1)"
        case .takeBack(let fingerprint, let index): "takeback \(fingerprint) of report \(index + 1)"
        case .reindex: "reindex"
        case .index: "index"
        }
    }
}

/// Which agencies, years and figures one run is about: few, so that they meet.
struct ModelWorks {
    let names: [String]
    let aliases = ["别名甲", "别名乙", "镇平县 教育局"]
    private let years: ClosedRange<Int>
    private var recent: [Draft] = []

    init(_ random: inout SeededGenerator) {
        let all = [
            "镇平县教育局", "新华区教育局", "新华区人民政府", "河南省", "南阳市人民政府", "清禾县教育局", "石家庄市新华区文化局", "偃师市教育局", "偃师区教育局",
        ]
        names = Array(all.shuffled(using: &random).prefix(Int.random(in: 2...5, using: &random)))
        let first = Int.random(in: 2017...2022, using: &random)
        years = first...first + Int.random(in: 1...3, using: &random)
    }

    mutating func next(_ model: ModelStore, _ random: inout SeededGenerator) -> ModelWork {
        guard !model.reports.isEmpty else { return save(&random) }
        let report = model.reports.indices.randomElement(using: &random) ?? 0
        let agency = Int.random(in: 1...model.agencies.count, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<55: return save(&random)
        case 55..<65: return .withdraw(report)
        case 65..<80: return .edit(agency, edit(model, &random))
        case 80..<84: return .merge(agency, into: Int.random(in: 1...model.agencies.count, using: &random))
        case 84..<92:
            let finding = model.reports[report].findings.randomElement(using: &random)
            return .acknowledge(finding?.fingerprint ?? "0000000000000000", report)
        case 92..<96:
            let known = model.reports[report].acknowledgements.keys.sorted()
            return .takeBack(known.randomElement(using: &random) ?? "0000000000000000", report)
        case 96..<98: return .index
        default: return .reindex
        }
    }

    private mutating func save(_ random: inout SeededGenerator) -> ModelWork {
        if !recent.isEmpty, Int.random(in: 0..<4, using: &random) == 0 {
            // The bytes of now or of an earlier revision; or those of another year or agency.
            var draft = recent[Int.random(in: 0..<recent.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: draft.year = Int.random(in: years, using: &random)
            case 1: draft.agency = names.randomElement(using: &random) ?? draft.agency
            default: break
            }
            return .save(draft)
        }
        let draft = draft(&random)
        recent.append(draft)
        return .save(draft)
    }

    private func draft(_ random: inout SeededGenerator) -> Draft {
        func small() -> Int? { [0, 0, 1, 2, 3, nil].randomElement(using: &random) ?? nil }
        func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
        let isAlias = oneIn(6)
        var draft = Draft(
            (isAlias ? aliases : names).randomElement(using: &random) ?? "", Int.random(in: years, using: &random))
        if oneIn(4) { draft.scope = .consolidated }
        if oneIn(6) { draft.form = ReportForm.allCases.randomElement(using: &random) }
        (draft.received, draft.carriedOver, draft.carriedForward) = (small(), small(), small())
        (draft.issued, draft.inForce) = (small() ?? 0, small() ?? 4)
        if oneIn(5) { (draft.received, draft.carriedOver, draft.issued, draft.inForce) = (70, 20, 30, 41) }
        if oneIn(12) { draft.received = 900_000 }
        draft.hasTables = !oneIn(10)
        draft.prose = Self.proses.randomElement(using: &random) ?? ""
        if oneIn(4) { draft.remark = "其中修订 2 件" }
        if oneIn(2) {
            let month = Int.random(in: 1...4, using: &random)
            draft.published = DocumentDate(year: draft.year + 1, month: month, day: oneIn(2) ? 1 : 31)
        }
        if oneIn(5) { draft.region = Self.codes.randomElement(using: &random) }
        if oneIn(10) { draft.agencyID = Int.random(in: 1...4, using: &random) }
        if oneIn(3) { draft.content = "二" }
        return draft
    }

    private func edit(_ model: ModelStore, _ random: inout SeededGenerator) -> AgencyEdit {
        var edit = AgencyEdit()
        func some(_ all: [String]) -> [String] { all.filter { _ in Bool.random(using: &random) } }
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: edit.name = (names + aliases).randomElement(using: &random)
            case 2: edit.aliases = some(aliases + names.prefix(1))
            case 3: edit.formerNames = some(aliases + names.suffix(1))
            case 4:
                edit.successor = .some(
                    Bool.random(using: &random) ? nil : Int.random(in: 1...model.agencies.count, using: &random))
            case 5: edit.level = .some(AgencyLevel.allCases.randomElement(using: &random))
            case 6: edit.kind = .some([AgencyKind.department, nil].randomElement(using: &random) ?? nil)
            default: edit.region = .some(Bool.random(using: &random) ? nil : Self.codes.randomElement(using: &random))
            }
        }
        return edit
    }

    private static let codes = ["411324", "410402", "130105", "410400", "410000", "110100", "990101"]

    /// Two texts, and near and not so near copies of the first.
    static let proses: [String] = {
        let base = (0..<100).map { index in
            "推进\(UnicodeScalar(0x4e00 + index * 89).map(String.init) ?? "")公开\(UnicodeScalar(0x5e00 + index * 31).map(String.init) ?? "")"
        }
        let other = base.reversed().joined()
        return [
            "", "收到申请0件。", base.joined(), base.joined() + "二〇二三", (base.prefix(97) + ["认真落实各项要求"]).joined(),
            (base.prefix(92) + ["又做了许多别的工作"]).joined(), (base.dropFirst(30) + ["认真落实"]).joined(), other,
        ]
    }()
}
