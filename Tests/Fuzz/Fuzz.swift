// libFuzzer's entry (llvm.org/docs/LibFuzzer.html). Tests/fuzz.sh compiles it together with the parsers, without a module
// between them, so it may call what is internal. A trap, an out-of-bounds index or a wrong result is a find.

/// Reads the input as a connection would: whole, and in two pieces at a place that its first byte tells.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = input.first else { return 0 }
    // A line that comes in pieces is judged when it has ended.
    let bytes = Array(input.dropFirst()) + [13, 10]
    let split = Int(first) * bytes.count / 256
    let whole = reading(of: [bytes])
    let halves = reading(of: [Array(bytes[..<split]), Array(bytes[split...])])
    precondition(whole == halves, "\(whole) is not \(halves)")
    readValues(bytes)
    return 0
}

/// The heads, the bodies that came to their end, and the error.
private func reading(of pieces: [[UInt8]]) -> String {
    var limits = Limits()
    limits.headerBytesMax = 512
    limits.requestLineBytesMax = 256
    var parser = RequestParser(limits: limits)
    var input = InputBuffer()
    var body = BodyDecoder(.none, limits: limits)
    var (text, content) = ("", [UInt8]())
    do throws(ProtocolError) {
        for piece in pieces where !piece.isEmpty {
            input.append(piece)
            while !input.isEmpty {
                if body.isDone {
                    guard let head = try parser.parse(input.bytes, from: input.start) else { break }
                    precondition(head.byteCount > 0 && head.byteCount <= input.count)
                    text += "\(content)\(head)\n"
                    content = []
                    input.consume(head.byteCount)
                    body = BodyDecoder(head.framing, limits: limits)
                } else {
                    content += try body.decode(&input)
                }
            }
        }
    } catch {
        return "\(text)\(error)"
    }
    return "\(text)\(content)"
}

/// The readers of field values and targets take any bytes.
private func readValues(_ bytes: [UInt8]) {
    _ = MediaType(bytes[...])?.description
    _ = Accept(bytes[...]).best(of: [MediaType("text", "csv")])
    _ = WeightedNames(bytes[...]).bestLanguage(of: ["en", "zh"])
    _ = EntityTagCondition(bytes[...])
    _ = HTTPDate(bytes)
    _ = try? QueryString(bytes[...])
    if let text = try? PercentEncoding.decodeText(bytes[...]) {
        precondition((try? PercentEncoding.decodeText(Array(PercentEncoding.encode(text).utf8)[...])) == text)
    }
}
