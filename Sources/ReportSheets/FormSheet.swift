public import Reports
public import Spreadsheets

/// A report as a workbook (`.xlsx`) in the layout of the official form, to be printed on A4.
public enum FormSheet {
    /// Writes the workbook to a path; a file that is there already is replaced.
    ///
    /// - Parameters:
    ///   - report: a report, or the sum of many stated as one.
    ///   - caption: a line below the title that says what the figures are of; empty for none.
    ///   - lists: what goes with the form, on a sheet of its own.
    ///   - temporaryFolder: a folder with room for a mebibyte; the files in it have no name.
    /// - Throws: ``Spreadsheets/SpreadsheetError``; no part of the workbook is at the path then.
    public static func write(
        _ report: AnnualReport, caption: String, lists: [FormList] = [], to path: String, temporaryFolder: String
    ) throws(SpreadsheetError) {
        let page = FormPage.page(of: report, caption: caption)
        var pages = [(name: "汇总表", page: page)]
        if report.scope == .own { pages[0].name = "\(report.year.value)年" }
        if !lists.isEmpty {
            pages.append(
                ("名单", GridPage(title: "名单", notes: [], columns: page.columns, sections: lists.map(\.section))))
        }
        try GridSheet.write(pages, to: path, temporaryFolder: temporaryFolder)
    }
}

/// A report as a web page in the layout of the official form, to be pasted into Word or a website.
public enum FormHTML {
    /// The page in UTF-8.
    ///
    /// - Parameters:
    ///   - report: a report, or the sum of many stated as one.
    ///   - caption: a line below the title that says what the figures are of; empty for none.
    ///   - lists: what goes with the form, below it.
    public static func bytes(_ report: AnnualReport, caption: String, lists: [FormList] = []) -> [UInt8] {
        let page = FormPage.page(of: report, caption: caption)
        let sections = page.sections + lists.map(\.section)
        return GridHTML.bytes(
            GridPage(title: page.title, notes: page.notes, columns: page.columns, sections: sections))
    }
}
