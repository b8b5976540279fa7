-- What a report's document and findings were while other reports or the registry had not changed them yet, so that the
-- past can be read as it was. What the report itself says stands in its revision; here is what depended on others.
CREATE TABLE past_standing (
    report_id INTEGER NOT NULL REFERENCES report (id),
    revision INTEGER NOT NULL,
    -- From 1; one for each time that the revision came to stand otherwise, or was superseded or withdrawn.
    step INTEGER NOT NULL CHECK (step >= 1),
    -- When it ceased to stand so.
    until INTEGER NOT NULL,
    -- The members `agency` and `quality` of the document, as they were; the findings across reports, a JSON array.
    agency BLOB NOT NULL,
    quality BLOB NOT NULL,
    cross_findings BLOB NOT NULL,
    PRIMARY KEY (report_id, revision, step)
) STRICT, WITHOUT ROWID;

-- What people said of a finding until they said otherwise, or took it back.
CREATE TABLE past_acknowledgement (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES report (id),
    fingerprint TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX past_acknowledgement_report ON past_acknowledgement (report_id, at);
