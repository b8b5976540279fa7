import Foundation
import Support
import Testing

@testable import Documents

/// Runs a shell script in the place of `pdftotext`.
private func run(_ script: String, bytes: [UInt8] = [1, 2, 3], limits: DocumentLimits = DocumentLimits()) throws
    -> [UInt8]
{
    let folder = try TemporaryFolder()
    let file = try folder.write("#!/bin/sh\n\(script)\n".utf8, to: "tool")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    return try PDFTool(program: file, arguments: []).run(bytes, limits: limits)
}

/// What was thrown.
private func failure(_ script: String, bytes: [UInt8] = [1], limits: DocumentLimits = DocumentLimits())
    -> DocumentError?
{
    do {
        _ = try run(script, bytes: bytes, limits: limits)
        return nil
    } catch {
        return error as? DocumentError
    }
}

struct PDFToolTests {
    @Test func `the document goes in and the output comes out, whole`() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try run("cat", bytes: bytes) == bytes)
        #expect(try run("exec <&-; echo done", bytes: bytes) == Array("done\n".utf8))
    }

    @Test(arguments: [
        "sleep 900", "sleep 900 & exit 0", "cat >/dev/null; exec >&-; sleep 900", "trap '' TERM; sleep 900; sleep 900",
    ])
    func `a program that hangs is killed with its children`(script: String) {
        let start = ContinuousClock.now
        let error = failure(script, limits: DocumentLimits(toolSeconds: 1))
        if case .timedOut(_, seconds: 1) = error {} else { Issue.record("\(String(describing: error))") }
        #expect(ContinuousClock.now - start < .seconds(Patience.seconds))
    }

    @Test func `a program that takes the processor for itself is killed`() {
        let error = failure("while :; do :; done", limits: DocumentLimits(toolSeconds: 1))
        if case .timedOut = error {} else { Issue.record("\(String(describing: error))") }
    }

    @Test func `too much output is refused`() {
        let limits = DocumentLimits(toolOutputBytesMax: 100_000)
        #expect(failure("yes", limits: limits) == .limitExceeded(.toolOutputBytes, maximum: 100_000))
    }

    @Test func `memory, descriptors and environment are bounded`() throws {
        let limits = DocumentLimits(toolMemoryBytesMax: 64 << 20)
        #expect(try String(decoding: run("ulimit -v", limits: limits), as: UTF8.self) == "65536\n")
        #expect(try String(decoding: run("ulimit -c"), as: UTF8.self) == "0\n")
        // The folder's own descriptor and the shell's for the script come on top.
        let open = try String(decoding: run("ls /proc/self/fd"), as: UTF8.self).split(separator: "\n")
        #expect(open.count <= 5)
        #expect(try !String(decoding: run("env"), as: UTF8.self).contains("HOME="))
    }

    @Test func `how a program ends is told`() {
        #expect(failure("exit 1") == .damaged("PDF"))
        if case .toolFailed(_, reason: "signal 11") = failure("kill -SEGV $$") {} else { Issue.record("no signal") }
        #expect(throws: DocumentError.toolMissing("no-such-tool", package: "poppler-utils")) {
            try PDFTool(program: "no-such-tool").run([], limits: DocumentLimits())
        }
    }

    @Test func `what a program writes is no more than words`() throws {
        let page = "<page width=\"595\" height=\"842\">"
        let word = "<word xMin=\"70\" yMin=\"70\" xMax=\"90\" yMax=\"80\">a &amp;&lt;b</word>"
        let wrong = "<word xMin=\"nan\" yMin=\"1e300\" xMax=\"-\" yMax=\"\">x</word>\n<word xMin=\"1\">y</word>\n<word"
        let (pages, title) = PDFPages.read(Array("<title>年报</title>\n\(word)\n\(page)\n \(word)\n\(wrong)".utf8))
        #expect(pages.count == 1 && pages[0].words.map(\.text) == ["a &<b"] && title == "年报")
    }
}
