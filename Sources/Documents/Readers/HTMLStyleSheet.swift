/// What the `<style>` elements of a page say of its text: what is hidden, struck out, raised or lowered. Nothing else of
/// them is kept, so most pages have an empty one.
struct HTMLStyleSheet: Sendable {
    private struct Rule: Sendable {
        let selector: HTMLSelector
        let style: HTMLStyle
    }

    /// By how much they count, the strongest last.
    private var rules: [Rule] = []
    /// Those marked `!important`, which come before the style of an element itself.
    private var importantRules: [Rule] = []
    /// The rules by the key of the element they mean.
    private var index: [UInt64: [Int]] = [:]
    private var importantIndex: [UInt64: [Int]] = [:]
    /// Whether a rule asks for what an element stands in.
    private(set) var asksForOuter = false

    /// Whether nothing is said.
    var isEmpty: Bool { index.isEmpty && importantIndex.isEmpty }

    /// A page with more rules of this kind has been made to cost time.
    private static let rulesMax = 2000

    /// No rules.
    init() {}

    /// Reads the sheets of a page. O(length).
    init(page: [UInt8]) {
        for sheet in HTMLStyleSheet.sheets(page) { add(sheet) }
        // Of what is stated only that matters which hides or raises something; most sheets do not.
        var stated = HTMLStyle()
        for rule in rules + importantRules { stated.add(marksOf: rule.style) }
        rules = HTMLStyleSheet.limited(rules, to: stated)
        importantRules = HTMLStyleSheet.limited(importantRules, to: stated)
        (rules, index) = HTMLStyleSheet.ordered(rules)
        (importantRules, importantIndex) = HTMLStyleSheet.ordered(importantRules)
        asksForOuter = (rules + importantRules).contains { $0.selector.compounds.count > 1 }
    }

    private static func limited(_ rules: [Rule], to stated: HTMLStyle) -> [Rule] {
        rules.compactMap { rule in
            let style = rule.style.limited(to: stated)
            return style.isEmpty ? nil : Rule(selector: rule.selector, style: style)
        }
    }

    private static func ordered(_ rules: [Rule]) -> ([Rule], [UInt64: [Int]]) {
        let sorted = rules.enumerated().sorted {
            ($0.element.selector.specificity, $0.offset) < ($1.element.selector.specificity, $1.offset)
        }.map(\.element)
        var index: [UInt64: [Int]] = [:]
        for (number, rule) in sorted.enumerated() {
            if let key = rule.selector.subject.key { index[key, default: []].append(number) }
        }
        return (sorted, index)
    }

    /// The style of an element: what the sheet says, over which its own attribute goes.
    ///
    /// - Parameters:
    ///   - outer: the elements that it stands in, the innermost last.
    ///   - steps: counts the comparisons, which a page can make many.
    func style(_ target: HTMLTarget, in outer: [HTMLTarget], own: HTMLStyle, steps: inout Int) -> HTMLStyle {
        var style = HTMLStyle()
        apply(rules, index, target, outer, to: &style, &steps)
        style.apply(own)
        if !importantIndex.isEmpty { apply(importantRules, importantIndex, target, outer, to: &style, &steps) }
        return style
    }

    private func apply(
        _ rules: [Rule], _ index: [UInt64: [Int]], _ target: HTMLTarget, _ outer: [HTMLTarget],
        to style: inout HTMLStyle, _ steps: inout Int
    ) {
        var found = index[target.name] ?? []
        if let id = target.id, let more = index[id] { found += more }
        for name in target.classes { if let more = index[name] { found += more } }
        for number in found.sorted() where matches(rules[number].selector, target, outer, &steps) {
            style.apply(rules[number].style)
        }
    }

    private func matches(
        _ selector: HTMLSelector, _ target: HTMLTarget, _ outer: [HTMLTarget], _ steps: inout Int
    ) -> Bool {
        steps += 1
        guard selector.subject.matches(target) else { return false }
        var rest = selector.compounds.dropLast()
        // The nearest that fits will do: an element is within all that this one is within.
        for element in outer.reversed() {
            guard let next = rest.last else { break }
            steps += 1
            if next.matches(element) { rest.removeLast() }
        }
        return rest.isEmpty
    }
}

extension HTMLStyleSheet {
    /// Adds the rules of one sheet.
    private mutating func add(_ sheet: ArraySlice<UInt8>) {
        var rest = HTMLStyleSheet.withoutComments(sheet)[...]
        while let open = rest.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: ";") }) {
            let prelude = HTMLStyleSheet.prelude(rest[..<open])
            let isBlock = rest[open] == UInt8(ascii: "{")
            rest = rest[(open + 1)...]
            guard isBlock else { continue }
            if prelude.first == UInt8(ascii: "@") {
                if !HTMLStyleSheet.isMediaOfScreens(prelude) { HTMLStyleSheet.skipBlock(&rest) }
                continue
            }
            let close = rest.firstIndex(of: UInt8(ascii: "}")) ?? rest.endIndex
            addRule(prelude, rest[..<close])
            rest = rest[close...].dropFirst()
        }
    }

    private mutating func addRule(_ selectors: ArraySlice<UInt8>, _ declarations: ArraySlice<UInt8>) {
        let styles = HTMLStyleSheet.styles(declarations)
        guard styles.contains(where: { !$0.isEmpty }) else { return }
        for text in selectors.split(separator: UInt8(ascii: ",")) {
            let selector = HTMLSelector(text)
            for (style, isImportant) in zip(styles, [false, true]) where !style.isEmpty {
                // Programs of pages show what they hid at first; and what holds of some elements is not true of all.
                if style.isHidden || style.shift != nil, selector.isWidened || selector.isWholePage { continue }
                guard rules.count + importantRules.count < HTMLStyleSheet.rulesMax else { return }
                let rule = Rule(selector: selector, style: style)
                if isImportant { importantRules.append(rule) } else { rules.append(rule) }
            }
        }
    }

    /// What declarations state, and what those state that are marked `!important`.
    private static func styles(_ declarations: ArraySlice<UInt8>) -> [HTMLStyle] {
        // Most rules have none of those.
        guard declarations.contains(UInt8(ascii: "!")) else { return [HTMLStyle(declarations.span), HTMLStyle()] }
        var own: [UInt8] = []
        var important: [UInt8] = []
        for declaration in declarations.split(separator: UInt8(ascii: ";")) {
            if declaration.contains(UInt8(ascii: "!")) {
                important += declaration + [UInt8(ascii: ";")]
            } else {
                own += declaration + [UInt8(ascii: ";")]
            }
        }
        return [HTMLStyle(own.span), HTMLStyle(important.span)]
    }

    /// What stands before a block, without `}` of blocks that were entered, and the marks that hide a sheet from old
    /// programs.
    private static func prelude(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = text.lastIndex { $0 == UInt8(ascii: "}") }.map { $0 + 1 } ?? text.startIndex
        var text = text[start...].drop { $0 <= 0x20 }
        for mark in [opening, closing] where text.starts(with: mark) {
            text = text.dropFirst(mark.count).drop { $0 <= 0x20 }
        }
        return text
    }

    private static let opening = Array("<!--".utf8)
    private static let closing = Array("-->".utf8)
    private static let media = Array("@media".utf8)

    /// Whether `@media` names the screen, or all, and asks for no size.
    private static func isMediaOfScreens(_ prelude: ArraySlice<UInt8>) -> Bool {
        guard prelude.prefix(6).map({ $0 | 0x20 }).elementsEqual(media.map { $0 | 0x20 }) else { return false }
        return isOfScreens(prelude.dropFirst(6))
    }

    private static func isOfScreens(_ media: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: media, as: UTF8.self).lowercased()
        return !text.contains("(") && !text.contains("not") && (text.contains("screen") || text.contains("all"))
    }

    private static func skipBlock(_ rest: inout ArraySlice<UInt8>) {
        var depth = 1
        while depth > 0, let byte = rest.popFirst() {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
        }
    }

    private static func withoutComments(_ sheet: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(sheet.count)
        var index = sheet.startIndex
        while index < sheet.endIndex {
            if sheet[index] == 0x2F, index + 1 < sheet.endIndex, sheet[index + 1] == 0x2A {
                index += 2
                while index < sheet.endIndex, !(sheet[index] == 0x2F && sheet[index - 1] == 0x2A) { index += 1 }
                result.append(0x20)
            } else {
                result.append(sheet[index])
            }
            index += 1
        }
        return result
    }
}

extension HTMLStyleSheet {
    /// The texts of the `<style>` elements of a page for screens, those in comments and scripts left out.
    private static func sheets(_ page: [UInt8]) -> [ArraySlice<UInt8>] {
        let text = page.span
        var sheets: [ArraySlice<UInt8>] = []
        var index = 0
        while true {
            while index < text.count, text[index] != 0x3C { index &+= 1 }
            guard index + 6 < text.count else { break }
            let next = text[index + 1]
            if next == 0x21, text[index + 2] == 0x2D, text[index + 3] == 0x2D {
                index = end(of: closing, page, from: index + 4)
            } else if next | 0x20 == 0x73, holds(script, page, at: index + 1) {
                index = end(of: scriptEnd, page, from: index + 7)
            } else if next | 0x20 == 0x73, holds(styleName, page, at: index + 1) {
                let open = (index + 6..<text.count).first { text[$0] == 0x3E } ?? text.count
                let close = end(of: styleEnd, page, from: open)
                if let attributes = attributes(page, index + 6, open), close - styleEnd.count > open {
                    if isForScreens(attributes) { sheets.append(page[(open + 1)..<(close - styleEnd.count)]) }
                }
                index = close
            } else {
                index += 1
            }
        }
        return sheets
    }

    private static let script = Array("script".utf8)
    private static let scriptEnd = Array("</script".utf8)
    private static let styleName = Array("style".utf8)
    private static let styleEnd = Array("</style".utf8)

    /// What stands in the tag of a style element; nil where its name goes on.
    private static func attributes(_ page: [UInt8], _ start: Int, _ end: Int) -> ArraySlice<UInt8>? {
        guard start <= end, start == end || page[start] <= 0x20 || page[start] == 0x2F else { return nil }
        return page[start..<end]
    }

    private static func isForScreens(_ attributes: ArraySlice<UInt8>) -> Bool {
        let name = Array("media".utf8)
        let found = attributes.indices.first { index in
            attributes[index...].prefix(name.count).map { $0 | 0x20 }.elementsEqual(name)
        }
        guard let found else { return true }
        return isOfScreens(attributes[found...].dropFirst(name.count))
    }

    /// The offset behind the next place of a lower-case word; the end of the page where none follows.
    private static func end(of word: [UInt8], _ page: [UInt8], from start: Int) -> Int {
        var index = start
        while index + word.count <= page.count {
            if page[index] | 0x20 == word[0] | 0x20, holds(word, page, at: index) { return index + word.count }
            index += 1
        }
        return page.count
    }

    private static func holds(_ word: [UInt8], _ page: [UInt8], at start: Int) -> Bool {
        guard start + word.count <= page.count else { return false }
        return word.indices.allSatisfy { page[start + $0] | 0x20 == word[$0] | 0x20 }
    }
}
