import Foundation
import Reports
import Support
import Testing

/// The divisions of `Config/regions.csv`.
enum Divisions {
    static let file = SampleReport.root.appending(path: "Config/regions.csv")
    static let bytes: [UInt8] = (try? Data(contentsOf: file)).map { Array($0) } ?? []
    static let directory = (try? RegionDirectory(csv: bytes)) ?? .empty
}

@Suite struct RegionDirectoryTests {
    private let directory = Divisions.directory

    @Test func `the list in Config is read whole`() throws {
        let read = try RegionDirectory(csv: Divisions.bytes)
        let present = read.all.filter { $0.isInForce && !$0.isFiller }
        #expect(read.all.count == 3_619)
        #expect(present.count { $0.level == .province } == 34)
        #expect(present.count { $0.level == .prefecture } == 333)
        #expect(present.count { $0.level == .county } == 2_847)
    }

    @Test(arguments: [
        (2009, 2_858), (2018, 2_851), (2019, 2_846), (2020, 2_844), (2022, 2_843), (2024, 2_846), (2025, 2_845),
    ])
    func `as many counties were in force at the end of a year as the ministry counted`(year: Int, counties: Int) {
        // 台湾, 香港 and 澳门 have no counties in the list.
        let then = directory.all.filter { region in
            region.level == .county && (region.validFrom ?? year) <= year && year < (region.validUntil ?? Int.max)
        }
        #expect(then.count == counties)
    }

    @Test func `every parent is one level up or two, and every name is plain Chinese`() throws {
        for region in directory.all {
            #expect(!region.name.isEmpty)
            #expect(region.name.unicodeScalars.allSatisfy { ("\u{4e00}"..."\u{9fff}").contains($0) }, "\(region.name)")
            if region.level == .province {
                #expect(region.parent == nil)
            } else {
                let parent = try #require(directory[region.parent ?? ""])
                #expect(parent.level < region.level)
                #expect(region.lies(within: parent.code))
            }
        }
    }

    @Test func `ancestors end, at a province`() {
        for region in directory.all where region.level != .province {
            let ancestors = directory.ancestors(of: region)
            #expect(ancestors.first?.level == .province)
            #expect(ancestors.count <= 2)
            #expect(!ancestors.contains(region))
        }
    }

    @Test func `siblings in force have names of their own`() {
        for parent in directory.all where parent.isInForce {
            let names = directory.children(of: parent.code).filter(\.isInForce).map(\.name)
            #expect(Set(names).count == names.count, "\(parent.name)")
        }
        let provinces = directory.children(of: nil).map(\.name)
        #expect(provinces.count == 34)
        #expect(Set(provinces).count == 34)
    }

    @Test func `whoever was succeeded ended, and the successor was there the same year`() throws {
        for region in directory.all {
            guard let code = region.successor else { continue }
            let end = try #require(region.validUntil)
            let next = try #require(directory.region(code, in: end))
            #expect(next != region)
            #expect(next.validUntil ?? 3_000 > end, "\(region)")
        }
    }

    @Test(arguments: [
        ("411324", "河南省南阳市镇平县"), ("110105", "北京市朝阳区"), ("500229", "重庆市城口县"), ("419001", "河南省济源市"),
        ("659001", "新疆维吾尔自治区石河子市"), ("429021", "湖北省神农架林区"), ("441900", "广东省东莞市"), ("110100", "北京市"),
        ("232700", "黑龙江省大兴安岭地区"), ("460302", "海南省三沙市西沙区"), ("810000", "香港特别行政区"), ("500157", "重庆市两江新区"),
    ])
    func `full names leave out what is no division`(code: String, name: String) throws {
        #expect(directory.fullName(of: try #require(directory[code])) == name)
    }

    @Test func `a code that was given on has a name for each time`() throws {
        #expect(directory["420600"]?.name == "襄阳市")
        #expect(directory.region("420600", in: 2009)?.name == "襄樊市")
        #expect(directory.region("420600", in: 2010)?.name == "襄阳市")
        #expect(directory.fullName(of: try #require(directory.region("420607", in: 2009))) == "湖北省襄樊市襄阳区")
        #expect(directory.region("341402", in: 2012) == nil)
        #expect(directory["341402"]?.successor == "340181")
        #expect(directory["999999"] == nil)
        #expect(directory["镇平县"] == nil)
        #expect(directory.children(of: "411324").isEmpty)
        #expect(RegionDirectory.empty["411324"] == nil)
    }

    @Test func `a code or its beginning holds what lies below`() throws {
        let zhenping = try #require(directory["411324"])
        for code in ["41", "410000", "4113", "411300", "411324", ""] { #expect(zhenping.lies(within: code), "\(code)") }
        for code in ["42", "4114", "411320", "4113240", "x"] { #expect(!zhenping.lies(within: code), "\(code)") }
    }

    @Test(arguments: [
        ("", 1, RegionDirectoryError.Reason.header), ("code,name\n", 1, .header), ("110000,北京市,,,\n", 2, .columns(5)),
        ("110000,北京市,,,,\n\n11000,x,,,,\n", 4, .code("11000")), ("12345六,x,,,,", 2, .code("12345六")),
        ("120000,天津市,,,,\n110000,北京市,,,,", 3, .code("110000")), ("110000,,,,,", 2, .name("")),
        ("110000,\"北京市\",,,,", 2, .name("\"北京市\"")), ("110000,北京市,110000,,,", 2, .parent("110000")),
        ("410000,河南省,,,,\n411324,镇平县,411300,,,", 3, .parent("411300")), ("411300,南阳市,,,,", 2, .parent("")),
        ("110000,北京市,,1x,,", 2, .year("1x")), ("110000,北京市,,,20000,", 2, .year("20000")),
        ("110000,北京市,,2010,2009,", 2, .year("2009")), ("110000,北京市,,,,120000", 2, .successor("120000")),
        ("110000,北京市,,,2009,120000", 2, .successor("120000")),
        ("110000,北京市,,,,\n110000,燕京市,,,,", 3, .overlap("110000")),
        ("110000,北平市,,,2010,\n110000,北京市,,2009,,", 3, .overlap("110000")),
    ])
    func `a line that is wrong is named with its reason`(
        lines: String, line: Int, reason: RegionDirectoryError.Reason
    ) {
        let header = reason == .header ? "" : "code,name,parent,from,until,successor\n"
        let bytes = Array((header + lines).utf8)
        let error = #expect(throws: RegionDirectoryError.self) { try RegionDirectory(csv: bytes) }
        #expect(error == RegionDirectoryError(line: line, reason: reason))
        #expect(error?.description.hasPrefix("line \(line): ") == true)
    }

    @Test func `bytes that are not UTF-8 and endless lists are refused`() {
        let header = Array("code,name,parent,from,until,successor\n".utf8)
        #expect(throws: RegionDirectoryError(line: 1, reason: .encoding)) { try RegionDirectory(csv: header + [0xff]) }
        let endless = header + [UInt8](repeating: UInt8(ascii: "\n"), count: 30_000)
        #expect(throws: RegionDirectoryError(line: 20_001, reason: .tooLong)) { try RegionDirectory(csv: endless) }
    }

    @Test func `what a spreadsheet adds does no harm`() throws {
        let text = "\u{feff}code,name,parent,from,until,successor\r\n110000,北京市,,,,\r\n\r\n"
        #expect(try RegionDirectory(csv: Array(text.utf8)).all == [Region(code: "110000", name: "北京市")])
    }
}
