import Documents
import Reports

/// Decides of which agency a report is, between its title, its sentences, its signature and the head of its page.
///
/// Who writes the report in its own words goes before who signs it, and who signs it before what the page says.
struct AgencyChoice: Sendable {
    /// The agency; nil where none is named.
    private(set) var agency: String?
    /// What names another agency that it may be of.
    private(set) var findings: [Finding] = []

    /// Decides. The head is read only where the title names no agency itself.
    init(_ title: Title, _ opening: Opening, head: () -> HeadNames) {
        if let named = title.agency, !title.isNamedAbove {
            agency = opening.agency.map { Self.withoutMenu(named, $0) } ?? named
            return
        }
        let head = head()
        let sure = [opening.agency, opening.signature, head.byline].compactMap(\.self)
        // The line above the title and the publisher may be the site's government.
        let page = [title.agency, head.publisher].compactMap(\.self)
        let specific = page.filter { !Self.mayBePlace($0) }
        let names = sure + specific + page + [head.source, opening.contact].compactMap(\.self)
        guard let first = names.first else { return }
        agency = Self.fuller(first, names, above: title.agency)
        guard let chosen = agency else { return }
        let isSpecific = !sure.isEmpty && !Self.mayBePlace(chosen)
        let others = (sure + page).filter { other in
            !Self.agree(chosen, other) && !(isSpecific && page.contains(other) && Self.mayBePlace(other))
        }
        if let other = others.first {
            let message = "the title names no agency; \(chosen) and \(other) are named elsewhere"
            findings = [Finding(.identityAgency, message: message, places: title.place.map { [$0] } ?? [])]
        }
    }

    /// What stands before the name that the sentences give is no part of it, unless it is a place's: the print of a page
    /// puts words of its menu on the title's line.
    private static func withoutMenu(_ named: String, _ known: String) -> String {
        // 县教育局 is short for what the title says in full.
        guard named != known, named.hasSuffix(known), known.first.map({ !divisions.contains($0) }) ?? false else {
            return named
        }
        let before = Array(named.utf8.dropLast(known.utf8.count))[...]
        return AgencyName.isPlausible(before) ? named : known
    }

    /// The name, or the one that another place has of the same agency: with its place, or without the office that signs for it.
    private static func fuller(_ name: String, _ names: [String], above: String?) -> String {
        if let above, above != name, name.hasPrefix(above), isOfOffice(name.dropFirst(above.count), of: above) {
            return above
        }
        guard !AgencyName.isNamed(Array(name.utf8)[...]) else {
            return above.flatMap { $0.hasSuffix(name) ? withoutMenu($0, name) : nil } ?? name
        }
        return names.first { $0 != name && $0.hasSuffix(name) && AgencyName.isNamed(Array($0.utf8)[...]) } ?? name
    }

    /// `丰源县人民政府` and `丰源县` go on in `办公室` and `人民政府办公室`; `丰源县` does not in `教育局`.
    private static func isOfOffice(_ rest: Substring, of name: String) -> Bool {
        offices.contains { rest.hasSuffix($0) } || rest.hasSuffix("政府") || name.hasSuffix("局") || name.hasSuffix("委员会")
    }

    private static let divisions: Set<Character> = ["省", "市", "县", "区", "旗", "州", "镇", "乡"]
    private static let offices = ["办公室", "办公厅"]

    private static func mayBePlace(_ name: String) -> Bool { AgencyName.mayBePlace(Array(name.utf8)[...]) }

    /// Whether one name is the other with characters left out, as short names are: 县教体局 of 丰源县教育体育局.
    private static func agree(_ left: String, _ right: String) -> Bool {
        left.count < right.count ? isShort(left, of: right) : isShort(right, of: left)
    }

    private static func isShort(_ short: String, of name: String) -> Bool {
        var rest = Substring(short)
        for character in name where character == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }
}
