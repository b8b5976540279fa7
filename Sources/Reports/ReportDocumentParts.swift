/// A stored report document, taken apart without reading its figures: what the report itself decides, apart from what
/// the store adds around it. So a document can be written anew when only its agency, quality or revision has changed.
public struct ReportDocumentParts: Sendable {
    /// The members from `year` up to `quality`, without braces and without the commas around them: the bytes that
    /// ``CanonicalJSON/writeMembers(of:to:)`` wrote.
    public let members: ArraySlice<UInt8>
    /// The values of the members around them, as they are.
    public let agency: ArraySlice<UInt8>
    /// The same.
    public let quality: ArraySlice<UInt8>
    let revision: ArraySlice<UInt8>

    /// Takes a document apart; nil for what ``CanonicalJSON/document(_:members:quality:)`` cannot have written.
    ///
    /// Of a text that is no JSON at all it only promises not to crash. O(length).
    public init?(_ document: [UInt8]) {
        guard document.first == UInt8(ascii: "{"), document.last == UInt8(ascii: "}"),
            let names = Self.topNames(document), names.count == Self.names.count,
            zip(names, Self.names).allSatisfy({ document[$0...].starts(with: $1) }),
            names.dropFirst().allSatisfy({ document[$0 - 1] == UInt8(ascii: ",") })
        else { return nil }
        /// From behind a name to the comma before the next one.
        func value(_ index: Int) -> ArraySlice<UInt8> {
            document[names[index] + Self.names[index].count..<names[index + 1] - 1]
        }
        members = document[names[1]..<names[2] - 1]
        agency = value(0)
        quality = value(2)
        revision = value(3)
    }

    private static let names = ["agency", "year", "quality", "revision", "links"].map { Array("\"\($0)\":".utf8) }
}

extension ReportDocumentParts {
    /// Where the names of the outermost object begin that matter here: the first two, and the last three; nil where
    /// brackets or quotes are left open or fewer than five names were found.
    private static func topNames(_ document: [UInt8]) -> [Int]? {
        var first: [Int] = []
        var last: [Int] = []
        var walk = JSONWalk()
        for index in document.indices {
            guard walk.isAtTopName(document[index]) else { continue }
            if first.count < 2 {
                first.append(index)
            } else {
                if last.count == 3 { last.removeFirst() }
                last.append(index)
            }
        }
        return walk.isComplete ? first + last : nil
    }
}

/// Follows the brackets and quotes of one JSON object, byte by byte.
private struct JSONWalk {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isNameNext = false

    /// Whether every bracket and quote that was opened is closed.
    var isComplete: Bool { depth == 0 && !isInString }

    /// Takes one byte; tells whether it opens the name of a member of the outermost object.
    mutating func isAtTopName(_ byte: UInt8) -> Bool {
        guard !isInString else {
            takeInString(byte)
            return false
        }
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            defer { isNameNext = false }
            return isNameNext && depth == 1
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            isNameNext = depth == 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ","): isNameNext = depth == 1
        default: break
        }
        return false
    }

    private mutating func takeInString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
    }
}
