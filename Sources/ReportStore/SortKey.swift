/// Where a report stands in a list: the values of the keys as bytes, in whose order the list is, then year and number.
struct SortKey: Equatable {
    /// Made by ``ReportListQuery/bytes(of:)``.
    let bytes: [UInt8]
    let report: ReportKey

    /// The first eight bytes as a number of the same order, which decides most comparisons.
    var prefix: UInt64 {
        let bytes = bytes.span
        var prefix: UInt64 = 0
        for index in 0..<8 { prefix = prefix << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
        return prefix
    }
}

extension SortKey {
    init(_ position: ReportListQuery.Position, _ query: ReportListQuery) {
        self.init(bytes: query.bytes(of: position.values), report: position.report)
    }
}

extension SortKey: Comparable {
    static func < (left: SortKey, right: SortKey) -> Bool {
        switch left.bytes.span.order(to: right.bytes.span) {
        case 0: left.report < right.report
        case let order: order < 0
        }
    }
}

extension Span<UInt8> {
    /// Below 0, 0 or above 0 as it comes before some other bytes, equals them or comes after them. O(length).
    func order(to other: Span<UInt8>) -> Int {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return Int(self[index]) - Int(other[index])
        }
        return count - other.count
    }
}

extension ReportListQuery {
    /// Whether the first eight bytes of a key are all of it: there is one, and it is a number.
    var isOfOneNumber: Bool { order.isEmpty || order.count == 1 && !order.contains { $0.key.isText } }

    /// The values of the keys as bytes of the same order.
    ///
    /// A number takes eight: those of its IEEE 754 form, whose order is that of numbers but for the sign. A text is its
    /// UTF-8, which has the order of characters, after a 0 and before another. What is not known comes last: eight times
    /// 255, which is no number, or a 1 in place of a text's 0.
    func bytes(of values: [KeyValue?]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (place, order) in order.enumerated() {
            let value = place < values.count ? values[place] : nil
            if order.key.isText {
                guard case .text(let text)? = value else {
                    bytes.append(1)
                    continue
                }
                bytes.append(0)
                let start = bytes.count
                bytes += text.utf8
                bytes.append(0)
                if order.isDescending { for index in start..<bytes.count { bytes[index] = ~bytes[index] } }
            } else {
                var bits = UInt64.max
                if case .number(let number)? = value {
                    bits = number.ordered
                    if order.isDescending { bits = ~bits }
                }
                for shift in stride(from: UInt64(56), through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
                }
            }
        }
        return bytes
    }
}

extension ReportListQuery.Key {
    /// Whether its values are texts; else they are numbers.
    fileprivate var isText: Bool {
        switch self {
        case .agencyName, .regionName, .title, .published: true
        case .year, .agency, .region, .level, .kind, .form, .scope, .errors, .warnings, .revision, .revisedAt, .measure:
            false
        }
    }
}

extension Double {
    /// A number whose order is that of this: all but the sign of a negative one is turned round.
    fileprivate var ordered: UInt64 {
        // Zero has two signs.
        let bits = self == 0 ? 0 : bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }
}
