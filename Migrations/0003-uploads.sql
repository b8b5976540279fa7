-- Uploads of many reports that are worked on after they were answered, what became of each item, and the answers that
-- are repeated for a request that is sent again.

CREATE TABLE upload (
    id INTEGER PRIMARY KEY,
    -- What its address ends with: random, so that nobody comes upon it.
    name TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    -- How its file is to be read, and what the query said: JSON.
    request TEXT NOT NULL,
    -- The file that holds the body until the upload has ended.
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    -- How much of the file has been read.
    bytes_done INTEGER NOT NULL DEFAULT 0,
    stored INTEGER NOT NULL DEFAULT 0,
    revised INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    -- Why it failed, for people.
    failure TEXT
) STRICT;

CREATE INDEX upload_unfinished ON upload (id) WHERE state IN ('waiting', 'running');

-- What became of an item, written in the transaction that stores it: an upload that is taken up again after a crash
-- goes on behind the last one.
CREATE TABLE upload_item (
    upload_id INTEGER NOT NULL REFERENCES upload (id),
    number INTEGER NOT NULL CHECK (number >= 0),
    -- The item as the API shows it: JSON.
    result BLOB NOT NULL,
    PRIMARY KEY (upload_id, number)
) STRICT, WITHOUT ROWID;

-- Answers to requests with an Idempotency-Key.
CREATE TABLE kept_answer (
    key TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    -- A digest of the request: another request with the same key is refused.
    request BLOB NOT NULL,
    -- NULL while the first request is being worked on.
    status INTEGER,
    -- Its fields, a JSON object, and its body.
    fields TEXT,
    body BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_answer_at ON kept_answer (at);
