import Documents
import Testing

struct PlainTextDressingTests {
    private func cells(_ row: String) throws -> String? {
        try outline("| 项目 | 件数 |\n| --- | --- |\n| \(row) |\n").last
    }

    @Test func `what programs call empty is empty between tabs, too`() throws {
        #expect(try outline("规章\t0\tNone\nNaN\tnan\tUnnamed: 3\n") == ["[tabs 2x3]", "规章¦0¦", "¦¦"])
    }

    @Test func `emphasis, code and formulas around a cell are no part of it`() throws {
        #expect(try cells("**规章** | **86.5** | `12` | $3$ | $$4$$ | _5_") == "规章¦86.5¦12¦3¦4¦5")
        #expect(try cells("*1* and *2* | 12* | * | ** | $ | `") == "*1* and *2*¦12*¦*¦**¦$¦`")
    }

    @Test func `a link is its text, and what is struck out is gone`() throws {
        #expect(
            try cells("[37](https://a.cn/3799.html) | **[4](x)** | [注1] | [1](a)[2](b)") == "37¦4¦[注1]¦[1](a)[2](b)")
        #expect(try cells("~~15~~ 12 | 3 ~~4~~ | ~~5~~") == "12¦3¦")
    }

    @Test func `names for what is empty are empty cells`() throws {
        #expect(try cells("&nbsp; | NaN | Unnamed: 12 | &nbsp;5&nbsp;| Name") == "¦¦¦5¦Name")
    }
}
