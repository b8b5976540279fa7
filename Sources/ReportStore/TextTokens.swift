internal import Foundation
internal import Reports

/// What search compares: a pair of neighbouring Chinese characters, the last one of several in a row, or a word or number
/// in other letters. So each character begins one token, and 政府公开 is 政府, 府公, 公开, 开.
enum TextToken: Hashable, Sendable {
    case character(UInt32)
    case pair(UInt32, UInt32)
    case word(String)

    /// The character that it begins with; nil for a word.
    var first: UInt32? {
        switch self {
        case .character(let character), .pair(let character, _): character
        case .word: nil
        }
    }
}

/// A text cut into tokens.
///
/// Compatibility forms are folded (NFKD), marks on letters left out, letters in lower case, characters simplified. White
/// space between characters does not count; punctuation ends a row of them.
struct TextTokens {
    /// The tokens, in their order.
    private(set) var tokens: [TextToken] = []
    /// Where each token begins and its first character ends, in scalars of the last text.
    private(set) var places: [Range<Int>] = []
    /// The character that waits for the one after it.
    private var open: (character: UInt32, at: Int)?
    private var word = ""
    private var wordStart = 0
    private var end = 0
    /// Longer words are cut, as the index would cut them.
    private static let wordMax = 64

    /// The tokens of nothing.
    init() {}

    /// Cuts a text. O(length).
    init(_ text: String) {
        add(text)
    }

    /// Adds those of another text. O(length).
    mutating func add(_ text: String) {
        var index = 0
        for scalar in text.unicodeScalars {
            TextFolding.fold(scalar) { add($0, index) }
            index += 1
        }
        endWord()
        endRow()
    }

    private mutating func add(_ scalar: Unicode.Scalar, _ index: Int) {
        switch TextFolding.kind(of: scalar) {
        case .character:
            endWord()
            if let (character, at) = open { append(.pair(character, scalar.value), at..<end) }
            open = (scalar.value, index)
            end = index + 1
        case .letter:
            endRow()
            if word.isEmpty { wordStart = index }
            if word.unicodeScalars.count < Self.wordMax { word.unicodeScalars.append(scalar) }
            end = index + 1
        case .space: endWord()
        case .invisible: break
        case .punctuation:
            endWord()
            endRow()
        }
    }

    private mutating func append(_ token: TextToken, _ place: Range<Int>) {
        tokens.append(token)
        places.append(place)
    }

    private mutating func endRow() {
        if let (character, at) = open { append(.character(character), at..<end) }
        open = nil
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        append(.word(word), wordStart..<end)
        word = ""
    }
}

extension [TextToken] {
    /// The tokens as the index takes them: with spaces between. O(length).
    var indexed: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 7)
        for token in self {
            switch token {
            case .character(let character): bytes.append(character)
            case .pair(let first, let second):
                bytes.append(first)
                bytes.append(second)
            case .word(let word): bytes += word.utf8
            }
            bytes.append(UInt8(ascii: " "))
        }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ character: UInt32) {
        Unicode.Scalar(character).map { self += UTF8.encode($0) ?? UTF8.encodedReplacementCharacter }
    }
}

/// How characters are compared.
enum TextFolding {
    enum Kind { case character, letter, space, invisible, punctuation }

    /// Gives the scalars that one stands for, mostly itself.
    static func fold(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
        switch scalar.value {
        case 0x4e00...0x9fff: body(simplified(scalar))
        case 0x41...0x5a: body(Unicode.Scalar(UInt8(scalar.value) + 0x20))
        case 0...0x7f, 0x2010...0x2027, 0x3001...0x301f: body(scalar)
        case 0xff01...0xff5e: fold(Unicode.Scalar(UInt8(scalar.value - 0xfee0)), body)
        default:
            for part in String(scalar).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
            where part.properties.generalCategory != .nonspacingMark {
                body(simplified(part))
            }
        }
    }

    static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x4e00...0x9fff: return .character
        case 0x30...0x39, 0x61...0x7a: return .letter
        case 0x20: return .space
        case 0x21...0x7e: return .punctuation
        default: break
        }
        if scalar.properties.isIdeographic { return .character }
        if scalar.properties.isWhitespace { return .space }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .spacingMark:
            .letter
        case .format, .control: .invisible
        default: .punctuation
        }
    }

    /// Of U+4E00…9FFF, the simplified form of each.
    private static let simple: [UInt16] = (0x4e00...0x9fff).map { character in
        UInt16(clamping: TraditionalCharacters.simplified[UInt32(character)] ?? UInt32(character))
    }

    private static func simplified(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let index = Int(scalar.value) - 0x4e00
        return simple.indices.contains(index) ? Unicode.Scalar(simple[index]) ?? scalar : scalar
    }
}
