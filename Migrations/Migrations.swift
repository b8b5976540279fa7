/// The schema's history: numbered SQL files of this folder, embedded in the program, in the order they are applied.
///
/// A file is never edited once released; a change is a new file and a new line here. A missing file is a compile error.
public enum Migrations {
    /// One file: its number, its name, and its SQL.
    public struct File: Sendable {
        /// The number that the file's name begins with, from 1 without gaps.
        public let number: Int
        /// The name without number and ending.
        public let name: String
        /// The statements.
        public let sql: String
    }

    /// All files, oldest first.
    public static let all: [File] = [
        File(number: 1, name: "reports", sql: String(decoding: PackageResources._001_reports_sql, as: UTF8.self)),
        File(number: 2, name: "history", sql: String(decoding: PackageResources._002_history_sql, as: UTF8.self)),
        File(number: 3, name: "uploads", sql: String(decoding: PackageResources._003_uploads_sql, as: UTF8.self)),
        File(
            number: 4, name: "same-figures",
            sql: String(decoding: PackageResources._004_same_figures_sql, as: UTF8.self)),
        File(number: 5, name: "facts", sql: String(decoding: PackageResources._005_facts_sql, as: UTF8.self)),
        File(number: 6, name: "search", sql: String(decoding: PackageResources._006_search_sql, as: UTF8.self)),
        File(number: 7, name: "shapes", sql: String(decoding: PackageResources._007_shapes_sql, as: UTF8.self)),
        File(number: 8, name: "past", sql: String(decoding: PackageResources._008_past_sql, as: UTF8.self)),
        File(
            number: 9, name: "signatures",
            sql: String(decoding: PackageResources._009_signatures_sql, as: UTF8.self)),
        File(number: 10, name: "regions", sql: String(decoding: PackageResources._010_regions_sql, as: UTF8.self)),
        File(number: 11, name: "totals", sql: String(decoding: PackageResources._011_totals_sql, as: UTF8.self)),
        File(
            number: 12, name: "last-write",
            sql: String(decoding: PackageResources._012_last_write_sql, as: UTF8.self)),
    ]
}
