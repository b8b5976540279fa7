extension SQLiteError {
    /// An extended result code of SQLite: the low byte is the primary code, the rest says more.
    ///
    /// Compare with a named constant for one exact case, or compare ``primary`` for the family:
    /// `error.code.primary == .constraint`. Source: sqlite.org/rescode.html.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The number SQLite gives.
        public let rawValue: Int32

        /// Takes any number; unknown ones are kept as they are.
        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// The family of this code: its low byte.
        public var primary: Code {
            Code(rawValue: rawValue & 0xFF)
        }

        private init(_ primary: Int32, _ detail: Int32 = 0) {
            rawValue = primary | detail << 8
        }
    }
}

extension SQLiteError.Code {
    /// A mistake in the SQL, or another error without a code of its own.
    public static let error = Self(1)
    /// Another connection holds the lock; trying again later may succeed.
    public static let busy = Self(5)
    /// Busy because another process recovers the WAL.
    public static let busyRecovery = Self(5, 1)
    /// A read transaction cannot become a write transaction because someone else wrote meanwhile.
    public static let busySnapshot = Self(5, 2)
    /// A conflict within one connection.
    public static let locked = Self(6)
    /// There is no memory left.
    public static let noMemory = Self(7)
    /// A write through a read-only connection.
    public static let readOnly = Self(8)
    /// The WAL has to be recovered, and nothing can be written.
    public static let readOnlyRecovery = Self(8, 1)
    /// Interrupted: by an ``Interrupter``, a deadline or a cancelled task.
    public static let interrupt = Self(9)
    /// The operating system could not read or write; the detail says which call.
    public static let ioError = Self(10)
    /// The file is damaged.
    public static let corrupt = Self(11)
    /// The disk, or the page limit of the database, is full.
    public static let full = Self(13)
    /// The file cannot be opened.
    public static let cannotOpen = Self(14)
    /// A string or blob exceeds the limits.
    public static let tooBig = Self(18)
    /// The family of constraint violations.
    public static let constraint = Self(19)
    /// A CHECK constraint.
    public static let constraintCheck = Self(19, 1)
    /// A foreign key.
    public static let constraintForeignKey = Self(19, 3)
    /// A NOT NULL constraint.
    public static let constraintNotNull = Self(19, 5)
    /// A PRIMARY KEY.
    public static let constraintPrimaryKey = Self(19, 6)
    /// A `RAISE` of a trigger.
    public static let constraintTrigger = Self(19, 7)
    /// A UNIQUE constraint.
    public static let constraintUnique = Self(19, 8)
    /// A rowid that exists already.
    public static let constraintRowID = Self(19, 10)
    /// A value of the wrong type for a column of a STRICT table.
    public static let constraintDataType = Self(19, 12)
    /// A value of the wrong type where no constraint is involved.
    public static let mismatch = Self(20)
    /// The wrapper was used wrongly, for example after it was closed.
    public static let misuse = Self(21)
    /// No parameter or column of that number.
    public static let range = Self(25)
    /// The file is not a database.
    public static let notADatabase = Self(26)
}
