import Documents
import Testing

struct CommaSeparatedTests {
    private func read(_ text: String, mediaType: String? = nil, name: String? = nil) throws -> [String] {
        outline(try Document.read(Array(text.utf8), mediaType: mediaType, name: name))
    }

    @Test func `commas separate cells, quotation marks hold them together`() throws {
        let text = "年度报告\n规章,\"1,234\",,3\n\"“a”\"\"b\"\"\",\"两\n行\",0\n"
        let expected = ["年度报告", "[tabs 2x4]", "规章¦1,234¦¦3", "“a”\"b\"¦两 行¦0"]
        #expect(try read(text, name: "a.CSV") == expected)
        #expect(try read(text, mediaType: "text/csv; charset=utf-8") == expected)
        #expect(try read("甲,乙\n", name: "a.txt") == ["甲,乙"])
    }

    @Test func `semicolons separate where they are more`() throws {
        #expect(try read("规章;1;2;3\n其他，如下;1,5;0;0\n", name: "a.csv").last == "其他，如下¦1,5¦0¦0")
    }

    @Test func `a quoted cell of several lines between tabs is one cell`() throws {
        let text = "\"1.属于\n国家秘密\"\t0\t\"1\n2\"\n予以公开\t3\t4\n"
        #expect(try read(text, name: "a.txt").dropFirst() == ["1.属于 国家秘密¦0¦1 2", "予以公开¦3¦4"])
        // A mark that no other closes within the cell is one of the text.
        #expect(try read("\"甲\t1\n乙\"\t2\n", name: "a.txt").dropFirst() == ["\"甲¦1", "乙\"¦2"])
    }
}
