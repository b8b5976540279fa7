/// A quality value (RFC 9110 §12.4.2).
enum Weight {
    /// Thousandths: 1000 for no `q` at all, `nil` when it is malformed.
    static func parse(_ text: String?) -> Int? {
        guard let text else { return 1000 }
        let digits = Array(text.utf8)
        guard let first = digits.first, first == Byte.zero || first == Byte.zero + 1, digits.count <= 5 else {
            return nil
        }
        guard digits.count == 1 || digits[1] == Byte.period else { return nil }
        var weight = Int(first &- Byte.zero) * 1000
        var place = 100
        for digit in digits.dropFirst(2) {
            guard Byte.isDigit(digit) else { return nil }
            weight += Int(digit &- Byte.zero) * place
            place /= 10
        }
        return weight <= 1000 ? weight : nil
    }
}

/// `Accept-Encoding` and `Accept-Language`: names with weights (RFC 9110 §12.5.3, §12.5.4).
public struct WeightedNames: Sendable {
    private var weights: [(name: String, weight: Int)] = []

    /// Reads the field value; malformed members are left out.
    public init(_ bytes: ArraySlice<UInt8>?) {
        var scanner = FieldValueScanner(bytes ?? [])
        while !scanner.isAtEnd {
            scanner.skipSpace()
            if let name = scanner.token(), let parameters = scanner.parameters(),
                let weight = Weight.parse(parameters.first { $0.name == "q" }?.value)
            {
                weights.append((name.lowercased(), weight))
            }
            scanner.skipToNextMember()
        }
    }

    /// The names and their weights in thousandths, as sent.
    public var members: [(name: String, weight: Int)] { weights }

    /// Whether a content coding is welcome: named with a weight, or taken in by `*`. `identity` always is, unless
    /// refused by name or by `*;q=0`.
    public func accepts(coding: String) -> Bool {
        let coding = coding.lowercased()
        if let named = weights.first(where: { $0.name == coding }) { return named.weight > 0 }
        if let any = weights.first(where: { $0.name == "*" }) { return any.weight > 0 }
        return coding == "identity"
    }

    /// The best of the codings on offer, in the server's order of preference, when the client likes it at least as much
    /// as `identity`; `nil` to send the content as it is.
    public func bestCoding(of offers: [String]) -> String? {
        var best: (name: String, weight: Int)?
        for offer in offers where accepts(coding: offer) {
            let weight = weight(of: offer)
            if weight > best?.weight ?? 0 { best = (offer, weight) }
        }
        guard let best else { return nil }
        let identity = weights.first { $0.name == "identity" }?.weight ?? 0
        return best.weight >= identity ? best.name : nil
    }

    /// The best of the languages on offer by basic filtering (RFC 4647 §3.3.1): `zh` takes in `zh-CN`, and a client that
    /// asks for `zh-CN` is content with `zh`. `nil` when the client names none of them.
    public func bestLanguage(of offers: [String]) -> String? {
        var best: (name: String, weight: Int)?
        for offer in offers {
            let matching = weights.filter { range in
                let tag = offer.lowercased()
                return range.name == "*" || range.name == tag || tag.hasPrefix(range.name + "-")
                    || range.name.hasPrefix(tag + "-")
            }
            let weight = matching.max { $0.name.utf8.count < $1.name.utf8.count }?.weight ?? 0
            if weight > best?.weight ?? 0 { best = (offer, weight) }
        }
        return best?.name
    }

    private func weight(of coding: String) -> Int {
        let coding = coding.lowercased()
        return (weights.first { $0.name == coding } ?? weights.first { $0.name == "*" })?.weight ?? 0
    }
}
