internal import Glibc

/// Character sets through the iconv of the C library.
enum Converter {
    /// Converts bytes to UTF-8; broken characters become U+FFFD.
    ///
    /// - Throws: `brokenText` when there are more of them than allowed, `converterMissing`.
    static func decode(
        _ bytes: [UInt8], from start: Int, as encoding: TextEncoding, allowed: Int
    ) throws(CodecError) -> DecodedText {
        // iconv says with -1 that it has no such converter.
        let handle = unsafe iconv_open("UTF-8", iconvName(encoding))
        guard unsafe handle != iconv_t(bitPattern: -1), let handle = unsafe handle else {
            throw .converterMissing(encoding)
        }
        defer { unsafe _ = iconv_close(handle) }
        var run = Run(position: start, unit: isUTF16(encoding) ? 2 : 1, allowed: allowed)
        let growth = encoding == .windows1252 ? 3 : 2
        let utf8 = unsafe run.convert(bytes, with: handle, capacity: (bytes.count - start) * growth + 3 * (allowed + 2))
        guard run.invalidCount <= allowed else {
            throw .brokenText(encoding: encoding, offset: run.firstInvalid ?? start)
        }
        return DecodedText(
            utf8: utf8, encoding: encoding, invalidCount: run.invalidCount, firstInvalidOffset: run.firstInvalid)
    }

    private static func iconvName(_ encoding: TextEncoding) -> String {
        switch encoding {
        case .big5: "BIG5-HKSCS"
        case .windows1252: "CP1252"
        default: encoding.name
        }
    }

    private static func isUTF16(_ encoding: TextEncoding) -> Bool {
        encoding == .utf16LittleEndian || encoding == .utf16BigEndian
    }
}

/// One conversion: where it stands, and what was broken so far.
private struct Run {
    /// The offset of the next byte to read.
    var position: Int
    /// The bytes to skip where the input is broken.
    let unit: Int
    let allowed: Int
    var written = 0
    var firstInvalid: Int?
    var invalidCount = 0

    init(position: Int, unit: Int, allowed: Int) {
        self.position = position
        self.unit = unit
        self.allowed = allowed
    }

    /// Converts up to the end, or until too much is broken; the capacity must hold all output.
    mutating func convert(_ bytes: [UInt8], with handle: iconv_t, capacity: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            unsafe bytes.withUnsafeBytes { input in
                while position < input.count, invalidCount <= allowed {
                    if unsafe !advance(input, handle, output) { unsafe replace(input, output) }
                }
            }
            count = written
        }
    }

    /// Converts as far as iconv goes, and returns whether that was the end of the input.
    private mutating func advance(
        _ input: UnsafeRawBufferPointer, _ handle: iconv_t, _ output: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        guard let source = input.baseAddress, let target = output.baseAddress else {
            position = input.count
            return true
        }
        // iconv moves both pointers but writes through the second only: the cast does not make the input mutable.
        var from: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(mutating: source + position)
            .assumingMemoryBound(to: CChar.self)
        var to: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(target + written)
            .assumingMemoryBound(to: CChar.self)
        var left = input.count - position
        var room = output.count - written
        let result = unsafe iconv(handle, &from, &left, &to, &room)
        // A Big5 letter may wait for an accent: the second call lets go of it.
        let isWhole = unsafe result != -1 && iconv(handle, nil, nil, &to, &room) != -1
        position = input.count - left
        written = output.count - room
        return isWhole
    }

    /// Skips what is broken and writes U+FFFD.
    private mutating func replace(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableBufferPointer<UInt8>) {
        if firstInvalid == nil { firstInvalid = position }
        invalidCount += 1
        position = min(position + unit, input.count)
        for byte in DecodedText.replacement where written < output.count {
            unsafe output[written] = byte
            written += 1
        }
    }
}
