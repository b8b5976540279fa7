import Documents
import Foundation

/// Text as it is compared: compatibility forms folded, white space gone. The raw text stays in the document.
enum Normalization {
    /// Folds full-width forms to ASCII and drops white space and invisible characters. O(length).
    ///
    /// The rest of NFKC (Kangxi radicals, compatibility ideographs, circled numbers) is rare and left to Foundation.
    static func fold(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.underestimatedCount)
        var isExotic = false
        var decoder = UTF8.ForwardParser(bytes)
        while let scalar = decoder.next() {
            if isSpace(scalar) { continue }
            if (0xff01...0xff5e).contains(scalar) {
                folded.append(UInt8(truncatingIfNeeded: scalar - 0xfee0))
                continue
            }
            isExotic = isExotic || isCompatibility(scalar)
            append(scalar, to: &folded)
        }
        guard isExotic else { return folded }
        let mapped = String(decoding: folded, as: UTF8.self).precomposedStringWithCompatibilityMapping
        return Array(mapped.utf8.filter { $0 != 0x20 })
    }

    /// Folded text as a string.
    static func foldedString(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: fold(bytes), as: UTF8.self)
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

    /// Appends a scalar as UTF-8.
    static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        if scalar < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: scalar))
        } else if scalar < 0x800 {
            bytes.append(UInt8(truncatingIfNeeded: 0xc0 | scalar >> 6))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3f))
        } else if scalar < 0x10000 {
            bytes.append(UInt8(truncatingIfNeeded: 0xe0 | scalar >> 12))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3f))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3f))
        } else {
            bytes.append(UInt8(truncatingIfNeeded: 0xf0 | scalar >> 18))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3f))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3f))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3f))
        }
    }
}

extension UTF8 {
    /// Reads scalars off UTF-8; a byte that does not fit is read as U+FFFD.
    struct ForwardParser<Bytes: Sequence<UInt8>> {
        private var bytes: Bytes.Iterator
        private var pending: UInt8?

        init(_ bytes: Bytes) {
            self.bytes = bytes.makeIterator()
        }

        /// The next scalar; nil at the end.
        mutating func next() -> UInt32? {
            guard let first = pending ?? bytes.next() else { return nil }
            pending = nil
            switch first {
            case 0..<0x80: return UInt32(first)
            case 0xc0..<0xe0: return continued(UInt32(first & 0x1f), by: 1)
            case 0xe0..<0xf0: return continued(UInt32(first & 0x0f), by: 2)
            case 0xf0..<0xf8: return continued(UInt32(first & 0x07), by: 3)
            default: return 0xfffd
            }
        }

        private mutating func continued(_ start: UInt32, by count: Int) -> UInt32 {
            var scalar = start
            for _ in 0..<count {
                guard let byte = bytes.next() else { return 0xfffd }
                guard byte & 0xc0 == 0x80 else {
                    pending = byte
                    return 0xfffd
                }
                scalar = scalar << 6 | UInt32(byte & 0x3f)
            }
            return Unicode.Scalar(scalar)?.value ?? 0xfffd
        }
    }
}
