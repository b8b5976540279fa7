/// Why a workbook was not written. No part of it is left at its path.
public struct SpreadsheetError: Error, Sendable, Hashable {
    /// What went wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// There is no room for the workbook, or for what is needed while it is written.
        case diskFull
        /// A file cannot be made at the path, or in the temporary folder.
        case cannotCreate
        /// Memory is short.
        case outOfMemory
        /// Writing failed in another way.
        case failed
    }

    /// What went wrong.
    public let kind: Kind
    /// The file or folder at fault.
    public let path: String

    /// What is wrong and what helps, in a few English words without a full stop.
    public var reason: String {
        switch kind {
        case .diskFull: "the disk of \(path) is full; make room"
        case .cannotCreate: "\(path) cannot be written; see whether its folder exists and may be written to"
        case .outOfMemory: "memory is short"
        case .failed: "the workbook \(path) could not be written"
        }
    }
}
