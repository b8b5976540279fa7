import Reports

extension TableRows {
    /// The form whose columns table 二 has; without it, the one whose rows table 三 has.
    var form: ReportForm? {
        let columns2021: EnumSet<ProactiveColumn> = [.issued, .repealed, .inForce, .amountWan]
        let columns2019: EnumSet<ProactiveColumn> = [
            .newlyMade, .newlyDisclosed, .totalDisclosed, .itemsPreviousYear, .itemsChange,
        ]
        let votes2021 = proactiveColumns.count(sharedWith: columns2021)
        let votes2019 = proactiveColumns.count(sharedWith: columns2019)
        if votes2021 != votes2019 { return votes2021 > votes2019 ? .form2021 : .form2019 }
        if requests.isEmpty { return hasStatistics2014 || statistics.count >= 5 ? .form2014 : nil }
        let hasParts = requests.contains { $0.line == .otherOverdueFee || $0.line == .otherOverdueCorrection }
        return hasParts ? .form2021 : nil
    }
}
