import Documents

@testable import ReportParsing

/// The pieces of a text.
func tape(_ text: String, name: String = "report.txt") throws -> Tape {
    Tape(try Document.read(Array(text.utf8), name: name))
}

extension String {
    /// The bytes of the text, as the readers take them.
    var slice: ArraySlice<UInt8> { Array(utf8)[...] }
}
