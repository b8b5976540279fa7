import Documents
import Testing

struct PlainTextPipesTests {
    @Test func `a bar at the end of a line ends its row`() throws {
        let lines = try outline("二、主动公开\n第一项 |\n名称 | 制发 | 废止 |\n规章 | 1 | — |\n三、收到申请\n")
        #expect(lines == ["二、主动公开", "[pipes 3x3]", "第一项", "名称¦制发¦废止", "规章¦1¦—", "三、收到申请"])
    }

    @Test func `empty cells before the last bar are kept`() throws {
        let lines = try outline("第一项 | |||\n规章 | 2 | | 3 |\n许可 | 5 | ||\n")
        #expect(lines == ["[pipes 3x4]", "第一项¦¦¦", "规章¦2¦¦3", "许可¦5¦¦"])
    }

    @Test func `outer bars of all rows are no cells`() throws {
        let lines = try outline("| 申请人 | 自然人 | \n| 一、新收 | 10 | || \n| | 1 | \n")
        #expect(lines == ["[pipes 3x4]", "申请人¦自然人", "一、新收¦10¦¦", "¦1"])
    }

    @Test func `a leading bar of some rows is an empty first cell`() throws {
        let lines = try outline("三、结果 | （一）公开 | 4 |\n| （二）部分 | 1 |\n| | 1.秘密 | 0 |\n")
        #expect(lines == ["[pipes 3x4]", "三、结果¦（一）公开¦4", "¦（二）部分¦1", "¦¦1.秘密¦0"])
    }

    @Test func `a row without a last bar keeps its last cell`() throws {
        #expect(try outline("行政复议 | 行政诉讼\n0 | 1\n") == ["[pipes 2x2]", "行政复议¦行政诉讼", "0¦1"])
    }

    @Test func `full-width bars separate as others do`() throws {
        #expect(try outline("｜规章｜ 1 ｜　｜\n｜许可｜2｜3｜\n") == ["[pipes 2x3]", "规章¦1¦", "许可¦2¦3"])
    }

    @Test func `the bars of a drawn box separate too`() throws {
        let box = "┌──┬──┐\n│规章│ 1 │\n├──┼──┤\n║许可║2║\n"
        #expect(try outline(box) == ["[pipes 2x2]", "规章¦1", "许可¦2"])
    }

    @Test func `the rule under a Markdown header is no row`() throws {
        let lines = try outline("## 表\n\n| 类别 | 总计 |\n|:---|--:|\n| 新收 | 3 |\n\n| 类别 | 总计 |\n| - | - |\n| 新收 | 3 |\n")
        #expect(
            lines == [
                "h2 表", "[pipes 2x2]", "类别¦总计", "新收¦3", "[pipes 2x2]", "类别¦总计", "新收¦3",
            ])
    }

    @Test func `a last row of dashes is data`() throws {
        #expect(try outline("| 维持 | 纠正 |\n| - | - |\n") == ["[pipes 2x2]", "维持¦纠正", "-¦-"])
        #expect(try outline("维持 | 纠正 |\n-- | -- |\n合计 | 1 |\n") == ["[pipes 3x2]", "维持¦纠正", "--¦--", "合计¦1"])
    }

    @Test func `tables apart are grids apart`() throws {
        #expect(try outline("甲 | 1 |\n\n乙 | 2 |\n") == ["[pipes 1x2]", "甲¦1", "[pipes 1x2]", "乙¦2"])
    }
}
