/// A table of a form: a fixed grid in which each cell holds what was printed, or nil where it was blank.
///
/// Blank is not zero. Lines and columns are enums numbered from 0 without gaps.
public struct FormTable<Line, Column, Value>: Sendable, Hashable
where
    Line: CaseIterable & RawRepresentable<Int> & Sendable, Column: CaseIterable & RawRepresentable<Int> & Sendable,
    Value: Sendable & Hashable
{
    @usableFromInline var cells: [Value?]

    /// Makes a table with every cell blank.
    @inlinable
    public init() {
        cells = Array(repeating: nil, count: Line.allCases.count * Column.allCases.count)
    }

    /// What stands in a cell; nil for a blank or absent one. O(1).
    @inlinable
    public subscript(line: Line, column: Column) -> Value? {
        get { cells[Self.index(line, column)] }
        set { cells[Self.index(line, column)] = newValue }
    }

    /// Whether every cell is blank.
    public var isBlank: Bool { cells.allSatisfy { $0 == nil } }

    @inlinable
    static func index(_ line: Line, _ column: Column) -> Int {
        line.rawValue * Column.allCases.count + column.rawValue
    }
}
