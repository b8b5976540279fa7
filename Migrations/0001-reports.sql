-- Agencies, their reports, and every revision of each report.
-- Times are seconds since 1970-01-01T00:00:00Z. Names of forms, scopes and levels are those of the API.

CREATE TABLE agency (
    id INTEGER PRIMARY KEY,
    -- As published.
    name TEXT NOT NULL,
    -- The name as it is looked up: NFKC, without white space.
    key TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

-- The current state of each agency and year. What a reader asks for is here, one row away.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    agency_id INTEGER NOT NULL REFERENCES agency (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 2008 AND 2099),
    -- The number of the current revision.
    revision INTEGER NOT NULL CHECK (revision >= 1),
    revised_at INTEGER NOT NULL,
    reason TEXT,
    -- The digest of the current revision's source.
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    form TEXT NOT NULL CHECK (form IN ('2014', '2019', '2021')),
    scope TEXT NOT NULL CHECK (scope IN ('own', 'consolidated')),
    title TEXT NOT NULL,
    errors INTEGER NOT NULL CHECK (errors >= 0),
    warnings INTEGER NOT NULL CHECK (warnings >= 0),
    -- A hash of everything that the document shows, for its entity tag.
    tag INTEGER NOT NULL,
    -- The report document as it is served: canonical JSON.
    document BLOB NOT NULL,
    UNIQUE (agency_id, year)
) STRICT;

-- What was stored, when and why; rows are added and never changed, but for `document`.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    at INTEGER NOT NULL,
    reason TEXT,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    -- The report document of a superseded revision; that of the current one stands in `report`.
    document BLOB,
    -- The findings, a JSON array; the narrative, a JSON object.
    findings BLOB NOT NULL,
    narrative BLOB NOT NULL,
    media_type TEXT NOT NULL,
    file_name TEXT,
    source_url TEXT,
    -- The uploaded bytes, deflated (zlib), and their number before that.
    source_length INTEGER NOT NULL CHECK (source_length >= 0),
    source BLOB NOT NULL,
    UNIQUE (report_id, number)
) STRICT;

CREATE INDEX report_year ON report (year, agency_id);
