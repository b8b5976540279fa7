internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import Spreadsheets

/// A workbook that is made to be sent: in a file that has no name, so that nothing stays, however the process ends.
struct Workbook: Sendable {
    private static let pieceBytes = 1 << 16
    private let spool: Spool

    /// - Parameter folder: where its file is.
    init(in folder: String) throws(IngestError) {
        spool = try Spool.temporary(in: folder, bytesMax: .max)
    }

    /// Where it is to be written.
    var path: String { spool.writingPath }

    /// All of it, once it is written; for one that is small.
    func bytes() throws(IngestError) -> [UInt8] {
        try bytes(noMoreThan: .max) ?? []
    }

    /// All of it, once it is written; nil where that is more than so many bytes.
    func bytes(noMoreThan bytesMax: Int) throws(IngestError) -> [UInt8]? {
        try spool.finishWritten()
        return spool.byteCount <= bytesMax ? try spool.read(at: 0, count: spool.byteCount) : nil
    }

    /// An answer that is read from the file while the client takes it, once it is written.
    func response(fields: HTTPFields) throws(IngestError) -> Response {
        try spool.finishWritten()
        let (spool, count) = (spool, spool.byteCount)
        return Response(
            .ok, fields: fields,
            body: .stream(length: count) { writer in
                for offset in stride(from: 0, to: count, by: Self.pieceBytes) {
                    try await writer.write(try spool.read(at: offset, count: Self.pieceBytes))
                }
            })
    }
}

extension Problem {
    /// Why a workbook could not be made.
    init(_ error: SpreadsheetError) {
        switch error.kind {
        case .diskFull:
            self.init(
                .storageFull, "There is no room for the workbook. Ask for CSV.", chinese: "磁盘空间不足，无法生成工作簿；请改用 CSV。")
        case .cannotCreate, .outOfMemory, .failed:
            self.init(.internal, "The workbook could not be made.", chinese: "无法生成工作簿。")
        }
    }
}

extension Cell {
    /// What stands in a cell of CSV.
    init(_ field: CSVWriter.Field) {
        switch field {
        case .text(let text): self = text.isEmpty ? .empty : .text(text)
        case .integer(let number): self = number.map { .integer($0) } ?? .empty
        case .double(let number): self = number.map { .quotient($0) } ?? .empty
        case .number(let number): self = number.map { .number($0) } ?? .empty
        }
    }
}
