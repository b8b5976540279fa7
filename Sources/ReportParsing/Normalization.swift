import Documents
import Foundation

/// Text as it is compared: compatibility forms folded, white space gone. The raw text stays in the document.
enum Normalization {
    /// Folds full-width forms to ASCII and drops white space and invisible characters; a text that has none of them is
    /// its own folded form and is not copied. O(length).
    static func fold(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if isFolded(bytes.span) { return bytes }
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        append(foldedFormOf: bytes, to: &folded)
        return folded[...]
    }

    /// Whether a text is its own folded form, told by its bytes; false where that is not certain.
    @inline(__always)
    static func isFolded(_ text: Span<UInt8>) -> Bool { plainEnd(text, from: 0) == text.count }

    /// The offset of the first character from an offset on that folding changes, or may change.
    @inline(__always)
    private static func plainEnd(_ text: Span<UInt8>, from start: Int) -> Int {
        var at = start
        while at < text.count {
            // Nearly all of a Chinese text.
            if text[at] >= 0xe4, text[at] <= 0xe9, text.count &- at > 2, text[at &+ 1] & 0xc0 == 0x80,
                text[at &+ 2] & 0xc0 == 0x80
            {
                at &+= 3
                continue
            }
            let length = plainLength(text, at, text.count)
            if length == 0 { break }
            at &+= length
        }
        return at
    }

    /// Appends the folded form of a text. O(length).
    ///
    /// The rest of NFKC (Kangxi radicals, compatibility ideographs, circled numbers) is rare and left to Foundation.
    static func append(foldedFormOf bytes: ArraySlice<UInt8>, to folded: inout [UInt8]) {
        let first = folded.count
        let text = bytes.span
        var isExotic = false
        var at = 0
        while at < text.count {
            // Most characters stay as they are: those between two that change are copied together.
            let start = at
            at = plainEnd(text, from: at)
            if at > start { folded += bytes[bytes.startIndex + start..<bytes.startIndex + at] }
            guard at < text.count else { break }
            if let ascii = fullWidth(text, at) {
                // Most of what changes.
                folded.append(ascii)
                at += 3
            } else {
                let (scalar, length) = UTF8.decode(text, at, text.count)
                if !isSpace(scalar) {
                    isExotic = isExotic || isCompatibility(scalar)
                    append(scalar, to: &folded)
                }
                at += length
            }
        }
        if isExotic { mapCompatibility(&folded, from: first) }
    }

    /// Maps what is folded so far from an offset on, character by character. Numbers in circles get brackets: a note's
    /// ① beside a figure is no digit of it. Small raised digits stay.
    private static func mapCompatibility(_ folded: inout [UInt8], from first: Int) {
        let text = String(decoding: folded[first...], as: UTF8.self)
        folded.removeSubrange(first...)
        var forms: [UInt32: [UInt8]] = [:]
        for scalar in text.unicodeScalars {
            guard isCompatibility(scalar.value) else {
                append(scalar.value, to: &folded)
                continue
            }
            let form = forms[scalar.value] ?? compatibilityForm(scalar)
            forms[scalar.value] = form
            folded += form
        }
    }

    private static func compatibilityForm(_ scalar: Unicode.Scalar) -> [UInt8] {
        let mapped = String(CJKRadicals.character(scalar)).precomposedStringWithCompatibilityMapping.utf8.filter {
            $0 != 0x20
        }
        let isCircled = mapped.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } && !mapped.isEmpty
        return isCircled ? [UInt8(ascii: "(")] + mapped + [UInt8(ascii: ")")] : mapped
    }

    /// The ASCII character of a full-width form (U+FF01…FF5E) at an offset; nil for anything else.
    @inline(__always)
    static func fullWidth(_ text: Span<UInt8>, _ at: Int) -> UInt8? {
        guard text[at] == 0xef, at + 2 < text.count, text[at + 2] & 0xc0 == 0x80 else { return nil }
        let low = text[at + 2] & 0x3f
        switch text[at + 1] {
        case 0xbc where low > 0: return 0x20 + low
        case 0xbd where low < 0x1f: return 0x60 + low
        default: return nil
        }
    }

    /// The length of a character that folding leaves as it is, told by its bytes; 0 where it must be decoded.
    @inline(__always)
    private static func plainLength(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
        let byte = text[at]
        if byte < 0x80 { return byte > 0x20 && byte != 0x7f ? 1 : 0 }
        guard byte >= 0xe2, byte <= 0xe9, at + 2 < end else { return 0 }
        let second = text[at + 1]
        let third = text[at + 2]
        // Dashes and quotation marks.
        if byte == 0xe2 { return second == 0x80 && third >= 0x90 && third <= 0xa7 ? 3 : 0 }
        guard second & 0xc0 == 0x80, third & 0xc0 == 0x80 else { return 0 }
        // U+3000, and the enclosed and squared forms of U+3200…33FF.
        if byte == 0xe3, second == 0x80 && third == 0x80 || second >= 0x88 && second <= 0x8f { return 0 }
        return 3
    }

    /// A text folded.
    static func fold(_ text: String) -> ArraySlice<UInt8> { fold(Array(text.utf8)[...]) }

    /// Folded text as a string.
    static func foldedString(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: fold(bytes), as: UTF8.self)
    }

    /// Folded text as a string.
    static func foldedString(_ text: String) -> String {
        foldedString(Array(text.utf8)[...])
    }

    /// ASCII and Unicode white space, and characters that have no width.
    private static func isSpace(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0...0x20, 0x7f, 0x85, 0xa0, 0xad, 0x1680, 0x2000...0x200f, 0x2028...0x202f, 0x205f...0x206f, 0x3000,
            0xfeff:
            true
        default: false
        }
    }

    private static func isCompatibility(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2460...0x24ff, 0x2e80...0x2fdf, 0x3200...0x33ff, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xffe0...0xffef,
            0x2f800...0x2fa1f:
            true
        default: false
        }
    }

    /// What stands between two digits of a text as printed, if anything does.
    enum Gap: Sendable {
        /// White space on one line.
        case space
        /// A line end.
        case line
    }

    /// The widest gap between digits that folding closes; nil where every digit stands beside the next. O(length).
    static func digitGap(_ bytes: ArraySlice<UInt8>) -> Gap? {
        let text = bytes.span
        var widest: Gap?
        var gap: Gap?
        var isAfterDigit = false
        var at = 0
        while at < text.count {
            let (scalar, length) = UTF8.decode(text, at, text.count)
            at += length
            if (0x30...0x39).contains(scalar) || (0xff10...0xff19).contains(scalar) {
                if isAfterDigit, let gap, widest != .line { widest = gap }
                isAfterDigit = true
                gap = nil
            } else if scalar == 0x0a || scalar == 0x0d {
                gap = .line
            } else if isBlank(scalar) {
                gap = gap ?? .space
            } else if !isSpace(scalar) {
                isAfterDigit = false
                gap = nil
            }
        }
        return widest
    }

    /// White space that has a width.
    private static func isBlank(_ scalar: UInt32) -> Bool {
        isSpace(scalar) && scalar != 0xad && !(0x200b...0x200f).contains(scalar) && scalar < 0x2060
            || scalar == 0x3000
    }

    /// Appends a scalar as UTF-8.
    static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 4) { UTF8.append(scalar, to: &$0) }
    }
}

extension UTF8 {
    /// The scalar at an offset and the bytes that it takes; a byte that does not fit ends it, and it is read as U+FFFD.
    static func decode(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (scalar: UInt32, length: Int) {
        let first = text[at]
        switch first {
        case 0..<0x80: return (UInt32(first), 1)
        case 0xc0..<0xe0: return continued(text, at, end, UInt32(first & 0x1f), by: 1)
        case 0xe0..<0xf0: return continued(text, at, end, UInt32(first & 0x0f), by: 2)
        case 0xf0..<0xf8: return continued(text, at, end, UInt32(first & 0x07), by: 3)
        default: return (0xfffd, 1)
        }
    }

    private static func continued(
        _ text: Span<UInt8>, _ at: Int, _ end: Int, _ start: UInt32, by count: Int
    ) -> (scalar: UInt32, length: Int) {
        var scalar = start
        for offset in 1...count {
            guard at + offset < end, text[at + offset] & 0xc0 == 0x80 else { return (0xfffd, offset) }
            scalar = scalar << 6 | UInt32(text[at + offset] & 0x3f)
        }
        return (Unicode.Scalar(scalar)?.value ?? 0xfffd, count + 1)
    }

    /// Appends a scalar.
    static func append(_ scalar: UInt32, to output: inout OutputSpan<UInt8>) {
        switch scalar {
        case 0..<0x80:
            output.append(UInt8(truncatingIfNeeded: scalar))
            return
        case 0x80..<0x800: output.append(UInt8(truncatingIfNeeded: 0xc0 | scalar >> 6))
        case 0x800..<0x10000:
            output.append(UInt8(truncatingIfNeeded: 0xe0 | scalar >> 12))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3f))
        default:
            output.append(UInt8(truncatingIfNeeded: 0xf0 | scalar >> 18))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3f))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3f))
        }
        output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3f))
    }

    /// Reads scalars off UTF-8; a byte that does not fit is read as U+FFFD.
    struct ForwardParser {
        private let bytes: ArraySlice<UInt8>
        private var at = 0

        init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
        }

        /// The next scalar; nil at the end.
        mutating func next() -> UInt32? {
            guard at < bytes.count else { return nil }
            let (scalar, length) = UTF8.decode(bytes.span, at, bytes.count)
            at += length
            return scalar
        }
    }
}
