extension TextEncoding {
    /// Finds out the character set of a text and converts it to UTF-8.
    ///
    /// A byte order mark decides; then bytes that can hardly be anything else (UTF-16 by its zeros, UTF-8 by its
    /// sequences), whatever was declared; then the declaration; then GB18030. A few broken characters become U+FFFD.
    ///
    /// - Throws: `unknownCharset` for the label, `brokenText` when more than about one byte in a thousand is wrong.
    public static func decode(_ bytes: [UInt8], declaredLabel: String?) throws(CodecError) -> DecodedText {
        guard let declaredLabel else { return try decode(bytes, declared: nil) }
        return try decode(bytes, declared: TextEncoding(label: declaredLabel))
    }

    /// Finds out the character set of a text and converts it to UTF-8, as ``decode(_:declaredLabel:)`` does.
    ///
    /// - Throws: `brokenText`, `converterMissing`.
    public static func decode(_ bytes: [UInt8], declared: TextEncoding?) throws(CodecError) -> DecodedText {
        let mark = byteOrderMark(bytes)
        if let mark, mark.encoding != .utf8 {
            return try Converter.decode(bytes, from: mark.length, as: mark.encoding, allowed: allowance(bytes))
        }
        let start = mark?.length ?? 0
        let validation = UTF8Validation(bytes, from: start, allowed: allowance(bytes))
        // UTF-16 is full of zeros, or no UTF-8, or both.
        let isSuspect = validation.controlCount > 0 || validation.invalidCount > 0
        if isSuspect, mark == nil, let wide = utf16WithoutMark(bytes, declared: declared) {
            return try Converter.decode(bytes, from: 0, as: wide, allowed: allowance(bytes))
        }
        if let text = utf8(bytes, from: start, validation, declared: declared) { return text }
        return try legacy(bytes, from: start, validation, declared: declared)
    }

    /// How many broken characters a text may have: a cut-off end, and one in a thousand bytes.
    private static func allowance(_ bytes: [UInt8]) -> Int {
        2 + bytes.count / 1000
    }

    private static func byteOrderMark(_ bytes: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        if bytes.starts(with: [0x84, 0x31, 0x95, 0x33]) { return (.gb18030, 4) }
        return nil
    }
}

extension TextEncoding {
    /// UTF-16 by its zeros: line ends, digits and mark-up have one in every second place, other character sets have none.
    private static func utf16WithoutMark(_ bytes: [UInt8], declared: TextEncoding?) -> TextEncoding? {
        var zeros = (even: 0, odd: 0)
        let sample = min(bytes.count, 8192)
        for index in 0..<sample where bytes[index] == 0 {
            if index & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        guard zeros.even + zeros.odd > sample / 100 else { return nil }
        // A character such as U+4E00 puts a zero in the other place.
        if zeros.odd > 8 * zeros.even { return .utf16LittleEndian }
        if zeros.even > 8 * zeros.odd { return .utf16BigEndian }
        return declared == .utf16LittleEndian || declared == .utf16BigEndian ? declared : nil
    }

    /// The text as UTF-8, when it is: some sequences are no accident, and few are broken.
    private static func utf8(
        _ bytes: [UInt8], from start: Int, _ validation: UTF8Validation, declared: TextEncoding?
    ) -> DecodedText? {
        guard validation.invalidCount == 0 else {
            let isMeant = start > 0 || declared == .utf8 || validation.wideCount >= 20 * validation.invalidCount
            guard isMeant, validation.invalidCount <= allowance(bytes) else { return nil }
            return DecodedText(repairing: bytes, from: start, validation: validation)
        }
        // A few pairs alone may as well be Chinese characters in GBK, if that was declared.
        let isDoubtful = validation.wideCount == 0 && validation.pairCount > 0
        if isDoubtful, declared == .gb18030 || declared == .big5 { return nil }
        return DecodedText(
            utf8: start == 0 ? bytes : Array(bytes[start...]), encoding: .utf8, controlCount: validation.controlCount)
    }

    /// The text in a character set older than Unicode: the declared one, or that of China.
    private static func legacy(
        _ bytes: [UInt8], from start: Int, _ validation: UTF8Validation, declared: TextEncoding?
    ) throws(CodecError) -> DecodedText {
        let isBig5 = declared == .big5 || declared == nil && looksLikeBig5(bytes, from: start)
        let first = isBig5 ? TextEncoding.big5 : .gb18030
        do throws(CodecError) {
            return try Converter.decode(bytes, from: start, as: first, allowed: allowance(bytes))
        } catch .brokenText(_, let offset) {
            if isBig5 {
                return try Converter.decode(bytes, from: start, as: .gb18030, allowed: allowance(bytes))
            }
            // Everything is text in Windows-1252: it is believed only when it was declared and nothing else fits.
            if declared == .windows1252 {
                return try Converter.decode(bytes, from: start, as: .windows1252, allowed: allowance(bytes))
            }
            let isUTF8 = start > 0 || declared == .utf8 || validation.wideCount > validation.invalidCount
            throw .brokenText(
                encoding: isUTF8 ? .utf8 : .gb18030, offset: isUTF8 ? validation.firstInvalid ?? offset : offset)
        }
    }

    /// Whether pairs of bytes are those of Big5: a good part of its second bytes are ASCII, which is so of the characters
    /// alone that GBK adds to GB 2312, and those have first or second bytes that Big5 does not know.
    private static func looksLikeBig5(_ bytes: [UInt8], from start: Int) -> Bool {
        var pairs = 0
        var low = 0
        var index = start
        while index + 1 < bytes.count {
            guard bytes[index] >= 0x80 else {
                index += 1
                continue
            }
            let (first, second) = (bytes[index], bytes[index + 1])
            guard 0xA1...0xF9 ~= first, 0x40...0x7E ~= second || 0xA1...0xFE ~= second else { return false }
            pairs += 1
            if second < 0x80 { low += 1 }
            index += 2
        }
        return pairs >= 20 && low * 5 > pairs
    }
}
