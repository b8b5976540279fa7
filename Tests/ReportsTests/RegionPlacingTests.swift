import Reports
import Support
import Testing

/// A name and what it should tell.
struct NamedAgency: Sendable, CustomTestStringConvertible {
    let name: String
    let year: Int?
    let within: String?
    /// The code of its division, several codes where it is ambiguous, none where it is unknown.
    let codes: [String]
    let level: AgencyLevel?
    let kind: AgencyKind?

    init(
        _ name: String, _ codes: [String], _ level: AgencyLevel?, _ kind: AgencyKind?, year: Int? = nil,
        within: String? = nil
    ) {
        self.name = name
        self.year = year
        self.within = within
        self.codes = codes
        self.level = level
        self.kind = kind
    }

    var testDescription: String { "\(name) \(year.map(String.init) ?? "")" }

    static let plain: [NamedAgency] = [
        .init("镇平县政府办公室", ["411324"], .county, .office),
        .init("河南省南阳市镇平县人民政府", ["411324"], .county, .government),
        .init("河南省镇平县人民政府", ["411324"], .county, .government),
        .init("南阳市卧龙区教育局", ["411303"], .county, .department),
        .init("北京市朝阳区人民政府", ["110105"], .county, .government),
        .init("北京朝阳区教育委员会", ["110105"], .county, .department),
        .init("国家税务总局镇平县税务局", ["411324"], .county, .vertical),
        .init("国家税务总局河南省税务局", ["410000"], .province, .vertical),
        .init("国家统计局南阳调查队", ["411300"], .prefecture, .vertical),
        .init("国家统计局河南调查总队", ["410000"], .province, .vertical),
        .init("国家统计局吉林调查总队", ["220000"], .province, .vertical),
        .init("国家统计局吉林调查队", ["220200"], .prefecture, .vertical),
        .init("国家金融监督管理总局南阳监管分局", ["411300"], .prefecture, .vertical),
        .init("清河县教育局", ["130534"], .county, .department),
        .init("清河县柳泉镇人民政府", ["130534"], .township, .township),
        .init("广西壮族自治区百色市人民政府", ["451000"], .prefecture, .government),
        .init("广西百色市田东县卫生健康局", ["451022"], .county, .department),
        .init("内蒙古自治区教育厅", ["150000"], .province, .department),
        .init("内蒙古包头市昆都仑区人民政府", ["150203"], .county, .government),
        .init("黑龙江省黑河市五大连池市人民政府", ["231182"], .county, .government),
        .init("五大连池市财政局", ["231182"], .county, .department),
        .init("神农架林区人民政府办公室", ["429021"], .county, .office),
        .init("济源市人民政府", ["419001"], .county, .government),
        .init("河南省济源市自然资源和规划局", ["419001"], .county, .department),
        .init("东莞市人民政府", ["441900"], .prefecture, .government),
        .init("东莞市虎门镇人民政府", ["441900"], .township, .township),
        .init("上海市黄浦区南京东路街道办事处", ["310101"], .township, .township),
        .init("北京市海淀区上地街道办事处", ["110108"], .township, .township),
        .init("上海市人民政府办公厅", ["310000"], .province, .office),
        .init("浦东新区人民政府", ["310115"], .county, .government),
        .init("天津市河北区人民政府", ["120105"], .county, .government),
        .init("河北区教育局", ["120105"], .county, .department),
        .init("吉林市人民政府", ["220200"], .prefecture, .government),
        .init("吉林省吉林市船营区人民政府", ["220204"], .county, .government),
        .init("吉林省教育厅", ["220000"], .province, .department),
        .init("朝阳市教育局", ["211300"], .prefecture, .department),
        .init("朝阳县教育局", ["211321"], .county, .department),
        .init("辽宁省朝阳市朝阳县人民政府", ["211321"], .county, .government),
        .init("海南省海口市人民政府", ["460100"], .prefecture, .government),
        .init("海南州人民政府", ["632500"], .prefecture, .government),
        .init("乌海市海南区人民政府", ["150303"], .county, .government),
        .init("恩施州教育局", ["422800"], .prefecture, .department),
        .init("恩施市教育局", ["422801"], .county, .department),
        .init("重庆市酉阳县林业局", ["500242"], .county, .department),
        .init("酉阳土家族苗族自治县林业局", ["500242"], .county, .department),
        .init("大兴安岭地区行政公署", ["232700"], .prefecture, .government),
        .init("锡林郭勒盟行政公署办公室", ["152500"], .prefecture, .office),
        .init("新疆生产建设兵团第八师石河子市人民政府", ["659001"], .county, .government),
        .init("镇平县", ["411324"], .county, .government),
        .init("长沙市市场监督管理局", ["430100"], .prefecture, .department),
        .init("镇平县住房和城乡建设局", ["411324"], .county, .department),
        .init("镇平县乡村振兴局", ["411324"], .county, .department),
        .init("南阳市高新区管委会", ["411300"], nil, .other),
        .init("南阳市公安局卧龙分局", ["411300"], nil, .department),
        .init("济宁市中区教育局", ["370800"], nil, .department),
        .init("镇平县第一高级中学", ["411324"], nil, .other),
        .init("镇平县人民医院", ["411324"], nil, .other),
        .init("镇平县政务服务中心", ["411324"], nil, .other),
        .init("清河县柳泉镇人民政府办公室", ["130534"], .township, .office),
        .init("清河县柳泉镇", ["130534"], .township, .township),
        .init("清河县经济技术开发区", ["130534"], nil, .other),
        .init("清河县柳泉镇财政所", ["130534"], nil, nil),
        .init("中共镇平县委办公室", ["411324"], nil, nil),
        .init("南阳市气象局", ["411300"], .prefecture, .vertical),
        .init("江苏省景德镇学院", ["320000"], nil, .other),
        .init("景德镇市人民政府", ["360200"], .prefecture, .government),
        .init("新乡市人民政府", ["410700"], .prefecture, .government),
        .init("镇平 县　教育局", ["411324"], .county, .department),
        .init("香港特别行政区政府", ["810000"], .province, .government),
    ]

    static let unknown: [NamedAgency] = [
        .init("国家发展和改革委员会", [], .central, .department),
        .init("教育部", [], .central, .department),
        .init("中华人民共和国教育部", [], .central, .department),
        .init("国务院办公厅", [], .central, .office),
        .init("国家税务总局", [], .central, .department),
        .init("中国证券监督管理委员会", [], .central, .department),
        .init("柳泉镇人民政府", [], .township, .township),
        .init("教育局", [], nil, .department),
        .init("省教育厅", [], .province, .department),
        .init("清禾县教育局", [], .county, .department),
        .init("清禾县柳泉镇人民政府", [], .township, .township),
        .init("清禾区教育局", [], nil, .department),
        .init("北京路街道办事处", [], .township, .township),
        .init("城区街道办事处", [], .township, .township),
        .init("芒市镇人民政府", [], .township, .township),
        .init("景德镇政府", [], nil, nil),
        .init("景德镇", [], nil, nil),
        .init("溪口镇", [], .township, .township),
        .init("大石乡", [], .township, .township),
        .init("新乡政府", [], nil, nil),
        .init("南阳调查队", [], nil, .vertical),
        .init("加格达奇区人民政府", [], nil, .government),
        .init("县教育局", [], nil, .department),
        .init("", [], nil, nil),
        .init("市辖区", [], nil, nil),
    ]

    static let shared: [NamedAgency] = [
        .init("朝阳区人民政府", ["110105", "220104"], .county, .government),
        .init("朝阳区人民政府", ["220104"], .county, .government, within: "22"),
        .init("朝阳区人民政府", ["110105"], .county, .government, within: "110000"),
        .init("朝阳区人民政府", ["110105", "220104"], .county, .government, within: "41"),
        .init("北京市朝阳区人民政府", ["110105"], .county, .government, within: "22"),
        .init("鼓楼区教育局", ["320106", "320302", "350102", "410204"], .county, .department),
        .init("江苏省鼓楼区教育局", ["320106", "320302"], .county, .department),
        .init("鼓楼区教育局", ["320106", "320302"], .county, .department, within: "32"),
        .init("徐州市鼓楼区教育局", ["320302"], .county, .department),
        .init("新华区人民政府", ["130105", "130902", "410402"], .county, .government),
        .init("普陀区人民政府", ["310107", "330903"], .county, .government),
        .init("城关区人民政府", ["540102", "620102"], .county, .government),
        .init("江北区人民政府", ["330205", "500105"], .county, .government, year: 2024),
        .init("江北区人民政府", ["330205"], .county, .government, year: 2026),
        .init("国家统计局朝阳调查队", ["110105", "211300", "211321", "220104"], nil, .vertical),
    ]

    static let dated: [NamedAgency] = [
        .init("通州区人民政府", ["110112"], .county, .government, year: 2008),
        .init("通州区人民政府", ["110112", "320612"], .county, .government, year: 2023),
        .init("通州市人民政府", ["320683"], .county, .government, year: 2008),
        .init("通州市人民政府", ["320683"], .county, .government),
        .init("通州市人民政府", [], nil, .government, year: 2023),
        .init("崇文区人民政府", ["110103"], .county, .government, year: 2009),
        .init("密云县人民政府", ["110228"], .county, .government, year: 2014),
        .init("密云县人民政府", ["110228"], .county, .government, year: 2015),
        .init("密云区人民政府", ["110118"], .county, .government, year: 2015),
        .init("密云区人民政府", ["110118"], .county, .government, year: 2014),
        .init("密云区人民政府", [], nil, .government, year: 2013),
        .init("襄樊市人民政府", ["420600"], .prefecture, .government, year: 2009),
        .init("襄阳区人民政府", ["420607"], .county, .government, year: 2009),
        .init("安徽省巢湖市庐江县人民政府", ["341421"], .county, .government, year: 2009),
        .init("庐江县人民政府", ["340124"], .county, .government, year: 2023),
        .init("庐江县人民政府", ["340124"], .county, .government, year: 2011),
        .init("巢湖市人民政府", ["341400"], .prefecture, .government, year: 2009),
        .init("巢湖市人民政府", ["340181"], .county, .government, year: 2023),
        .init("那曲地区嘉黎县教育局", ["542422"], .county, .department, year: 2016),
        .init("平安县人民政府", ["630221"], .county, .government),
        .init("崇川区人民政府", ["320613"], .county, .government, year: 2020),
        .init("白杨市人民政府", ["659012"], .county, .government, year: 2023),
    ]
}

@Suite struct RegionPlacingTests {
    private let directory = Divisions.directory

    @Test(arguments: NamedAgency.plain + NamedAgency.unknown + NamedAgency.shared + NamedAgency.dated)
    func `a name tells its division, level and kind, or nothing`(agency: NamedAgency) {
        let placement = directory.place(agencyNamed: agency.name, within: agency.within, year: agency.year)
        switch placement {
        case .placed(let region): #expect([region.code] == agency.codes)
        case .ambiguous(let regions):
            #expect(regions.map(\.code) == agency.codes)
            #expect(regions.count > 1)
        case .unknown: #expect(agency.codes == [])
        }
        let level = directory.classify(agencyNamed: agency.name, within: agency.within, year: agency.year).level
        #expect(level == agency.level)
        #expect(directory.classify(agencyNamed: agency.name).kind == agency.kind)
    }

    @Test func `every division's full name leads back to it`() {
        for region in directory.all where region.isInForce && !region.isFiller {
            let name = directory.fullName(of: region) + "人民政府"
            #expect(directory.place(agencyNamed: name) == .placed(region), "\(name)")
            #expect(directory.classify(agencyNamed: name).level == AgencyLevel(region.level), "\(name)")
            #expect(directory.classify(agencyNamed: name).kind == .government, "\(name)")
        }
    }

    @Test func `so does the full name of a division of old, in its last year but one`() {
        for region in directory.all where !region.isInForce && !region.isFiller {
            let name = directory.fullName(of: region) + "教育局"
            let year = (region.validUntil ?? 0) - 1
            #expect(directory.place(agencyNamed: name, year: year) == .placed(region), "\(name)")
        }
    }

    @Test func `a county's own name leads to it or to all that share it`() {
        let present = directory.all.filter { $0.isInForce && !$0.isFiller }
        for (name, regions) in Dictionary(grouping: present, by: \.name) {
            let expected: Placement = regions.count == 1 ? .placed(regions[0]) : .ambiguous(regions)
            #expect(directory.place(agencyNamed: name + "教育局") == expected, "\(name)")
        }
    }

    @Test func `no text makes it fall over`() {
        var random = SeededGenerator(seed: 20_260_726)
        let pieces =
            directory.all.map(\.name) + [
                "人民政府", "镇", "乡", "街道", "\u{0}", "é", "👩‍👩‍👧", "国家税务总局", "中共", "", "\u{fffd}", "㍿",
            ]
        for _ in 0..<2_000 {
            var name = ""
            for _ in 0..<Int.random(in: 0...5, using: &random) { name += pieces.randomElement(using: &random) ?? "" }
            let within = Bool.random(using: &random) ? pieces.randomElement(using: &random) : nil
            if case .ambiguous(let regions) = directory.place(agencyNamed: name, within: within, year: 2_020) {
                #expect(regions.count > 1)
            }
            _ = directory.classify(agencyNamed: name, within: within).level
            _ = directory.classify(agencyNamed: name).kind
        }
        _ = directory.place(agencyNamed: String(repeating: "北京市", count: 100_000))
        #expect(RegionDirectory.empty.place(agencyNamed: "镇平县") == .unknown)
        _ = directory.place(agencyNamed: "镇平县", within: "\u{0}", year: Int.max)
        _ = directory.place(agencyNamed: "通州市", year: Int.min)
    }
}

@Suite struct ReportPlacingTests {
    private static let directory = Divisions.directory

    private func place(_ agency: String, _ opening: String..., within: String? = nil) throws -> [String] {
        let year = try #require(ReportYear(2023))
        var report = AnnualReport(agency: agency, year: year, title: "", form: .form2021, scope: .own)
        report.narrative.opening = opening
        switch Self.directory.place(agencyOf: report, within: within) {
        case .placed(let region): return [region.code]
        case .ambiguous(let regions): return regions.map(\.code)
        case .unknown: return []
        }
    }

    @Test func `the name goes before the opening, the opening before what came with it`() throws {
        let opening = "本报告由吉林省长春市朝阳区教育局编制。"
        #expect(try place("朝阳区教育局") == ["110105", "220104"])
        #expect(try place("朝阳区教育局", opening) == ["220104"])
        #expect(try place("朝阳区教育局", opening, within: "110105") == ["220104"])
        #expect(try place("朝阳区教育局", within: "110105") == ["110105"])
        #expect(try place("镇平县教育局", "本报告由吉林省长春市朝阳区镇平县教育局编制。") == ["411324"])
        #expect(try place("教育局", "现公布镇平县教育局2023年政府信息公开工作年度报告") == ["411324"])
        #expect(try place("教育局", within: "411324") == [])
    }

    private func place(_ agency: String, overview: [String], last: [String]) throws -> [String] {
        let year = try #require(ReportYear(2023))
        var report = AnnualReport(agency: agency, year: year, title: "", form: .form2021, scope: .own)
        report.narrative.sections = [
            Section(kind: .overview, heading: "一、总体情况", paragraphs: overview),
            Section(kind: .otherMatters, heading: "六、其他", paragraphs: ["无。"] + last),
        ]
        switch Self.directory.place(agencyOf: report) {
        case .placed(let region): return [region.code]
        case .ambiguous(let regions): return regions.map(\.code)
        case .unknown: return []
        }
    }

    @Test func `who signs with the division, or tells it in the first section, is placed there`() throws {
        #expect(try place("朝阳区教育局", overview: [], last: ["吉林省长春市朝阳区教育局", "2024年1月20日"]) == ["220104"])
        #expect(try place("朝阳区教育局", overview: [], last: ["吉林省长春市 朝阳区教育局 2024年1月20日"]) == ["220104"])
        #expect(try place("教育局", overview: [], last: ["河南省南阳市镇平县教育局"]) == ["411324"])
        let compiled = ["做了许多工作。", "本报告由长春市朝阳区教育局编制。"]
        #expect(try place("朝阳区教育局", overview: compiled, last: []) == ["220104"])
        let both = ["110105", "220104"]
        // Signed twice over, by somebody else, with no division, or with one that the name does not leave open.
        #expect(try place("朝阳区教育局", overview: [], last: ["北京市朝阳区教育局", "长春市朝阳区教育局"]) == both)
        #expect(try place("朝阳区教育局", overview: compiled, last: ["北京市朝阳区教育局"]) == both)
        #expect(try place("朝阳区教育局", overview: [], last: ["长春市朝阳区财政局"]) == both)
        #expect(try place("朝阳区教育局", overview: [], last: ["朝阳区教育局", "2024年1月20日"]) == both)
        #expect(try place("朝阳区教育局", overview: [], last: ["镇平县朝阳区教育局"]) == both)
        // The sentence names it, and is no signature.
        #expect(try place("朝阳区教育局", overview: ["感谢长春市朝阳区教育局"], last: ["抄送长春市朝阳区教育局等单位"]) == both)
    }

    @Test(arguments: [
        "根据镇平县教育局的要求，教育局编制本报告。",  // Another agency.
        "本报告由南阳市镇平县和吉林省长春市朝阳区教育局等编制。",  // No name of one agency.
        "由镇平县教育局编制，由吉林省长春市朝阳区教育局编制。",  // Two places.
        "教育局编制。",
        "编制",
    ])
    func `an opening that does not say it plainly places nothing`(opening: String) throws {
        #expect(try place("教育局", opening) == [])
    }
}
