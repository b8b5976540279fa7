import Reports
import Spreadsheets

/// The 统计表 of the 2014 form: label, unit, figure; rows that the form does not have stand at the end, as printed.
enum StatisticsGrid {
    static func grid(_ table: Statistics2014) -> CellGrid {
        var grid = CellGrid(widths: [11, 2, 2])
        grid.append([.init("统计指标"), .init("单位"), .init("统计数")])
        for row in rows {
            switch row {
            case .heading(let label): grid.append([.init(label, isLeading: true), .init(.empty), .init(.empty)])
            case .figure(let before, let statistic, let unit, let behind):
                let name = statistic.label.split(separator: " ").last.map(String.init) ?? ""
                grid.append([
                    .init(before + name + behind, isLeading: true), .init(unit), .init(Cell(table[statistic])),
                ])
            }
        }
        for row in table.foreignRows {
            let cells = row.cells.filter { !$0.isEmpty }.joined(separator: " ")
            grid.append([.init(row.label, isLeading: true), .init(.empty), .init(cells)])
        }
        return grid
    }

    private enum Row {
        case heading(String)
        /// What stands before the statistic's own words, its unit, and what stands behind its words.
        case figure(String, Statistic2014, String, String)
    }

    private static func row(
        _ before: String, _ statistic: Statistic2014, _ unit: String, _ behind: String = ""
    ) -> Row {
        .figure(before, statistic, unit, behind)
    }

    private static let rows: [Row] = disclosure + responses + requests + rest

    private static let disclosure: [Row] = [
        .heading("一、主动公开情况"),
        row("（一）", .proactiveTotal, "条", "（不同渠道和方式公开相同信息计1条）"),
        row("其中：", .proactiveNormativeDocuments, "条"),
        row("", .proactiveNormativeDocumentsIssued, "件"),
        .heading("（二）通过不同渠道和方式公开政府信息的情况"),
        row("1.", .channelsGazette, "条"), row("2.", .channelsWebsite, "条"), row("3.", .channelsWeibo, "条"),
        row("4.", .channelsWechat, "条"), row("5.", .channelsOther, "条"),
    ]

    private static let responses: [Row] = [
        .heading("二、回应解读情况"),
        row("（一）", .responsesHotTopics, "次", "（不同方式回应同一热点或舆情计1次）"),
        .heading("（二）通过不同渠道和方式回应解读的情况"),
        row("1.", .responsesPressConferences, "次"), row("其中：", .responsesPressConferencesByPrincipal, "次"),
        row("2.", .responsesOnlineInterviews, "次"), row("其中：", .responsesOnlineInterviewsByPrincipal, "次"),
        row("3.", .responsesPolicyInterpretations, "篇"), row("4.", .responsesWeiboWechatEvents, "次"),
        row("5.", .responsesOtherEvents, "次"),
    ]

    private static let requests: [Row] = [
        .heading("三、依申请公开情况"),
        row("（一）", .receivedTotal, "件"), row("1.", .receivedInPerson, "件"), row("2.", .receivedFax, "件"),
        row("3.", .receivedOnline, "件"), row("4.", .receivedLetter, "件"),
        row("（二）", .concludedTotal, "件"), row("1.", .concludedOnTime, "件"), row("2.", .concludedExtended, "件"),
        row("（三）", .repliesTotal, "件"), row("1.", .repliesAlreadyPublic, "件"), row("2.", .repliesGranted, "件"),
        row("3.", .repliesPartiallyGranted, "件"), row("4.", .deniedTotal, "件"),
        row("其中：1.", .deniedStateSecret, "件"), row("2.", .deniedTradeSecret, "件"),
        row("3.", .deniedPersonalPrivacy, "件"), row("4.", .deniedSecurityAndStability, "件"),
        row("5.", .deniedNotGovernmentInformation, "件"), row("6.", .deniedOtherLegal, "件"),
        row("5.", .repliesNotThisAgency, "件"), row("6.", .repliesDoesNotExist, "件"),
        row("7.", .repliesAskedToAmend, "件"), row("8.", .repliesRedirected, "件"),
    ]

    private static let rest: [Row] = [
        row("四、", .reviewTotal, "件"), row("（一）", .reviewUpheld, "件"), row("（二）", .reviewCorrected, "件"),
        row("（三）", .reviewOther, "件"),
        row("五、", .litigationTotal, "件"), row("（一）", .litigationUpheldOrDismissed, "件"),
        row("（二）", .litigationCorrected, "件"), row("（三）", .litigationOther, "件"),
        row("六、", .complaints, "件"), row("七、", .requestFeesWan, "万元"),
        .heading("八、机构建设和保障经费情况"),
        row("（一）", .capacityDedicatedOffices, "个"), row("（二）", .capacityReadingPoints, "个"),
        row("（三）", .capacityStaff, "人"),
        row("1.", .capacityStaffFullTime, "人", "（不包括政府公报及政府网站工作人员数）"),
        row("2.", .capacityStaffPartTime, "人"),
        row("（四）", .capacityBudgetWan, "万元", "（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）"),
        .heading("九、政府信息公开会议和培训情况"),
        row("（一）", .trainingMeetings, "次"), row("（二）", .trainingCourses, "次"), row("（三）", .trainingParticipants, "人次"),
    ]
}
