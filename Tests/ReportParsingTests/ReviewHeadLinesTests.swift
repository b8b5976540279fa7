import Reports
import Testing

@testable import ReportParsing

/// Heads of table 四 whose cells are wrapped, as text made of a PDF has them.
@Suite struct ReviewHeadLinesTests {
    private static let title = "四、政府信息公开行政复议、行政诉讼情况\n"
    private static let figures = "2 0 1 0 3 1 2 0 0 3 1 2 1 0 4\n五、存在的主要问题及改进情况\n"

    private func reviews(_ head: String, _ figures: String = figures) throws -> ReviewTable? {
        try read("丰源县交通局2022年政府信息公开工作年度报告\n" + Self.title + head + figures).report.reviews
    }

    @Test(arguments: [
        // Laid out as on the page, with cells of several heights.
        """
               行政复议                       行政诉讼
        结果维 结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总 结果维 结果纠复议后起诉
                               未经复议直接起诉
                                                     其他结 尚未审 总
         持   正   果   结 计 持     正    果   结 计 持    正    果   结 计

        """,
        // 总计 between the two lines of the names beside it.
        """
                   行政复议                                         行政诉讼

                                             未经复议直接起诉                                 复议后起诉
        结果维 结果纠 其他结 尚未审
                                总计    结果维 结果纠 其他结 尚未审                    结果维 结果纠 其他结 尚未审
         持   正   果   结                                          总计                                     总计
                                       持   正   果   结                      持   正   果   结

        """,
        // Line by line.
        """
        行政复议 行政诉讼
        未经复议直接起诉 复议后起诉
        结果维 结果纠 其他结 尚未审 总
        持 正 果 结 计 结果维 结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总
        持 正 果 结 计 持 正 果 结 计

        """,
        // A part of a cell on each line.
        "行政复议\n行政诉讼\n" + String(repeating: "结果维\n持\n结果纠\n正\n其他结\n果\n尚未审\n结\n总\n计\n", count: 1)
            + "未经复议直接起诉\n复议后起诉\n"
            + String(repeating: "结果维\n持\n结果纠\n正\n其他结\n果\n尚未审\n结\n总\n计\n", count: 2),
    ])
    func `lines of the head's characters are the head`(head: String) throws {
        for figures in [
            Self.figures, Self.figures.replacing(" ", with: "\n"),
            Self.figures.replacing("2 0 1 0 3", with: "2\n0\n1 0\n3"),
        ] {
            let reviews = try #require(try reviews(head, figures))
            #expect(ReviewOutcome.allCases.map { reviews[.administrativeReview, $0] } == [2, 0, 1, 0, 3])
            #expect(ReviewOutcome.allCases.map { reviews[.direct, $0] } == [1, 2, 0, 0, 3])
            #expect(ReviewOutcome.allCases.map { reviews[.afterReview, $0] } == [1, 2, 1, 0, 4])
        }
    }

    @Test func `a block further left comes first`() throws {
        let head = """
                   行政复议                       行政诉讼
            结果维 结果纠 其他结 尚未审 总       复议后起诉              未经复议直接起诉
             持   正   果   结 计 结果维 结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总
                              持     正    果   结 计 持    正    果   结 计

            """
        let reviews = try #require(try reviews(head))
        #expect(reviews[.afterReview, .total] == 3)
        #expect(reviews[.direct, .total] == 4)
    }

    @Test(arguments: [("结果维", "结果纠"), ("尚未审 总", "总 尚未审"), ("其他结", "其他"), ("行政诉讼", "行政诉讼 备注")])
    func `lines with columns in another order, or with other words, are not`(words: String, others: String) throws {
        let head = """
            行政复议 行政诉讼
            未经复议直接起诉 复议后起诉
            结果维 结果纠 其他结 尚未审 总
            持 正 果 结 计 结果维 结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总
            持 正 果 结 计 持 正 果 结 计

            """
        #expect(try reviews(head.replacing(words, with: others)) == nil)
    }
}
