import Reports

extension TableRows {
    /// The form whose columns table 二 has; without it, the one whose rows table 三 has.
    var form: ReportForm? {
        let columns2021: EnumSet<ProactiveColumn> = [.issued, .repealed, .inForce, .amountWan]
        let columns2019: EnumSet<ProactiveColumn> = [
            .newlyMade, .newlyDisclosed, .totalDisclosed, .itemsPreviousYear, .itemsChange,
        ]
        // Of two forms in one document one may be a template that nobody filled in.
        for columns in [filledColumns, proactiveColumns] {
            let votes2021 = columns.count(sharedWith: columns2021)
            let votes2019 = columns.count(sharedWith: columns2019)
            if votes2021 != votes2019 { return votes2021 > votes2019 ? .form2021 : .form2019 }
        }
        if requests.isEmpty { return hasStatistics2014 || statistics.count >= 5 ? .form2014 : nil }
        let hasParts = requests.contains { $0.line == .otherOverdueFee || $0.line == .otherOverdueCorrection }
        return hasParts ? .form2021 : nil
    }

    /// The columns of the heads of table 二 under which some figure stands.
    private var filledColumns: EnumSet<ProactiveColumn> {
        var columns: EnumSet<ProactiveColumn> = []
        for row in proactive where row.slots.contains(where: { !$0.isBlank }) {
            guard let head = row.head else { continue }
            for column in heads[head].columns { columns.insert(column.name) }
        }
        return columns
    }
}
