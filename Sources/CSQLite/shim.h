#pragma once
#include <sqlite3.h>

// What Swift cannot call or name by itself: variadic functions, and macros that are casts.

// sqlite3_config is variadic. Only before the first use of the library; returns SQLITE_MISUSE after it.
static inline int csqlite_disable_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// sqlite3_db_config is variadic.
static inline int csqlite_set_flag(sqlite3 *db, int option, int on) {
    return sqlite3_db_config(db, option, on, (int *)0);
}

// SQLITE_TRANSIENT is a cast: SQLite copies the bytes before it returns. A null pointer would bind NULL instead of "".
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(
        statement, index, count == 0 ? "" : (const char *)bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, count == 0 ? "" : bytes, count, SQLITE_TRANSIENT);
}

// The errno of the last write to the WAL or the journal that failed; sqlite3_system_errno does not have that of a COMMIT.
static inline int csqlite_log_errno(sqlite3 *db) {
    sqlite3_file *file = 0;
    int number = 0;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) != SQLITE_OK || !file || !file->pMethods) {
        return 0;
    }
    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}
