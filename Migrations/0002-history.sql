-- The registry of agencies, withdrawals, checks across reports, acknowledgements, and the feed of changes.
-- `report` and `revision` are made anew, so that what lists read stands before the large columns.

-- What is known of an agency beside its name; NULL where it is not known.
-- The division of GB/T 2260 that it belongs to, six digits.
ALTER TABLE agency ADD COLUMN region TEXT CHECK (region IS NULL OR length(region) = 6);
ALTER TABLE agency ADD COLUMN level TEXT;
ALTER TABLE agency ADD COLUMN kind TEXT;
-- The agency that took its place, by a reform or because the two are one.
ALTER TABLE agency ADD COLUMN successor_id INTEGER REFERENCES agency (id) CHECK (successor_id <> id);

CREATE INDEX agency_region ON agency (region);
CREATE INDEX agency_successor ON agency (successor_id) WHERE successor_id IS NOT NULL;

-- Other names that an agency is found by. One name may be several agencies'.
CREATE TABLE agency_name (
    key TEXT NOT NULL,
    agency_id INTEGER NOT NULL REFERENCES agency (id),
    name TEXT NOT NULL,
    -- A former name is answered with a redirection to the current one, an alias is not.
    role TEXT NOT NULL CHECK (role IN ('alias', 'former')),
    PRIMARY KEY (key, agency_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX agency_name_agency ON agency_name (agency_id);

-- The current state of each agency and year. What a reader asks for is here, one row away.
CREATE TABLE report_new (
    id INTEGER PRIMARY KEY,
    agency_id INTEGER NOT NULL REFERENCES agency (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 2008 AND 2099),
    -- The number of the current revision, and when it came.
    revision INTEGER NOT NULL CHECK (revision >= 1),
    revised_at INTEGER NOT NULL,
    -- When the document or the findings last changed: reports of other years and the registry change them, too.
    modified_at INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    reason TEXT,
    -- The digest of the last source.
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    form TEXT NOT NULL CHECK (form IN ('2014', '2019', '2021')),
    scope TEXT NOT NULL CHECK (scope IN ('own', 'consolidated')),
    title TEXT NOT NULL,
    -- The agency's name in that year, as the report states it.
    agency_name TEXT NOT NULL,
    -- The agency's division, repeated here for lists and sums.
    region TEXT,
    -- The day of publication, YYYY-MM-DD, where it is known.
    published_on TEXT,
    -- All findings by severity, those across reports included.
    errors INTEGER NOT NULL CHECK (errors >= 0),
    warnings INTEGER NOT NULL CHECK (warnings >= 0),
    -- 本年新收, 总计.
    new_received INTEGER,
    -- A hash of all figures; NULL where none is above zero. The report with the lowest id that has the same.
    figures_hash INTEGER,
    figures_match INTEGER,
    -- The report with the lowest id whose narrative is nearly the same.
    narrative_match INTEGER,
    -- What the checks across reports say: their outcomes in numbers, and the findings, a JSON array.
    cross_passed INTEGER NOT NULL,
    cross_failed INTEGER NOT NULL,
    cross_uncertain INTEGER NOT NULL,
    cross_not_assessable INTEGER NOT NULL,
    cross_findings BLOB NOT NULL,
    -- A hash of the document, for its entity tag.
    tag INTEGER NOT NULL,
    -- The report document as it is served: canonical JSON.
    document BLOB NOT NULL,
    UNIQUE (agency_id, year)
) STRICT;

-- What was stored or withdrawn, when and why; rows are added and never changed, but for `document`.
CREATE TABLE revision_new (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stored', 'corrected', 'withdrawn')),
    reason TEXT,
    -- Who stored it, in the uploader's words.
    author TEXT,
    -- The digest of the source; the rest describes it and is NULL for a withdrawal, which has none.
    sha256 BLOB CHECK (length(sha256) = 32),
    media_type TEXT,
    file_name TEXT,
    source_url TEXT,
    source_length INTEGER CHECK (source_length >= 0),
    -- What the checks of this report alone say, in numbers.
    passed INTEGER,
    failed INTEGER,
    uncertain INTEGER,
    not_assessable INTEGER,
    blank_cells INTEGER,
    inferred_cells INTEGER,
    errors INTEGER,
    warnings INTEGER,
    -- The report document of a superseded revision; that of the current one stands in `report`.
    document BLOB,
    -- The findings, a JSON array; the narrative, a JSON object.
    findings BLOB,
    narrative BLOB,
    -- The uploaded bytes, deflated (zlib).
    source BLOB,
    UNIQUE (report_id, number),
    CHECK (kind = 'withdrawn' OR sha256 IS NOT NULL AND source IS NOT NULL AND source_length IS NOT NULL
        AND media_type IS NOT NULL AND findings IS NOT NULL AND narrative IS NOT NULL AND passed IS NOT NULL)
) STRICT;

INSERT INTO report_new (id, agency_id, year, revision, revised_at, modified_at, withdrawn, reason, sha256, form, scope,
    title, agency_name, errors, warnings, new_received, cross_passed, cross_failed, cross_uncertain,
    cross_not_assessable, cross_findings, tag, document)
SELECT r.id, r.agency_id, r.year, r.revision, r.revised_at, r.revised_at, 0, r.reason, r.sha256, r.form, r.scope,
    r.title, a.name, r.errors, r.warnings,
    json_extract(CAST(r.document AS TEXT), '$.requests.newReceived.total'), 0, 0, 0, 0, x'5b5d', r.tag, r.document
FROM report r JOIN agency a ON a.id = r.agency_id;

INSERT INTO revision_new (id, report_id, number, at, kind, reason, sha256, media_type, file_name, source_url,
    source_length, passed, failed, uncertain, not_assessable, blank_cells, inferred_cells, errors, warnings, document,
    findings, narrative, source)
SELECT v.id, v.report_id, v.number, v.at, iif(v.number = 1, 'stored', 'corrected'), v.reason, v.sha256, v.media_type,
    v.file_name, v.source_url, v.source_length,
    json_extract(q.quality, '$.checksPassed'), json_extract(q.quality, '$.checksFailed'),
    json_extract(q.quality, '$.uncertain'), json_extract(q.quality, '$.notAssessable'),
    json_extract(q.quality, '$.blankCells'), json_extract(q.quality, '$.inferredCells'),
    (SELECT count(*) FROM json_each(CAST(v.findings AS TEXT)) f WHERE json_extract(f.value, '$.severity') = 'error'),
    (SELECT count(*) FROM json_each(CAST(v.findings AS TEXT)) f WHERE json_extract(f.value, '$.severity') = 'warning'),
    v.document, v.findings, v.narrative, v.source
FROM revision v
JOIN (
    SELECT w.id AS id, json_extract(CAST(coalesce(w.document, r.document) AS TEXT), '$.quality') AS quality
    FROM revision w JOIN report r ON r.id = w.report_id
) q ON q.id = v.id;

DROP TABLE revision;
DROP TABLE report;
ALTER TABLE report_new RENAME TO report;
ALTER TABLE revision_new RENAME TO revision;

CREATE INDEX report_year ON report (year, agency_id);
CREATE INDEX report_region ON report (region, year) WHERE withdrawn = 0;
CREATE INDEX report_figures ON report (figures_hash) WHERE figures_hash IS NOT NULL;
CREATE INDEX report_figures_match ON report (figures_match) WHERE figures_match IS NOT NULL;
CREATE INDEX report_narrative_match ON report (narrative_match) WHERE narrative_match IS NOT NULL;
CREATE INDEX report_consolidated ON report (year, region) WHERE scope = 'consolidated' AND withdrawn = 0;

-- How alike narratives are: a signature of each, and the groups of near ones that it falls into.
CREATE TABLE narrative_signature (
    report_id INTEGER PRIMARY KEY REFERENCES report (id),
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE narrative_band (
    band INTEGER NOT NULL,
    report_id INTEGER NOT NULL REFERENCES report (id),
    PRIMARY KEY (band, report_id)
) STRICT, WITHOUT ROWID;

-- What the agencies' own reports of a year and division add up to, for what a consolidated report covers.
CREATE TABLE region_total (
    year INTEGER NOT NULL,
    region TEXT NOT NULL,
    reports INTEGER NOT NULL,
    new_received INTEGER NOT NULL,
    PRIMARY KEY (year, region)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER report_total_insert AFTER INSERT ON report
WHEN new.scope = 'own' AND NOT new.withdrawn AND new.region IS NOT NULL AND new.new_received IS NOT NULL
BEGIN
    INSERT INTO region_total (year, region, reports, new_received)
    VALUES (new.year, new.region, 1, new.new_received)
    ON CONFLICT DO UPDATE SET reports = reports + 1, new_received = new_received + excluded.new_received;
END;

CREATE TRIGGER report_total_subtract AFTER UPDATE OF year, scope, withdrawn, region, new_received ON report
WHEN old.scope = 'own' AND NOT old.withdrawn AND old.region IS NOT NULL AND old.new_received IS NOT NULL
BEGIN
    UPDATE region_total SET reports = reports - 1, new_received = new_received - old.new_received
    WHERE year = old.year AND region = old.region;
END;

CREATE TRIGGER report_total_add AFTER UPDATE OF year, scope, withdrawn, region, new_received ON report
WHEN new.scope = 'own' AND NOT new.withdrawn AND new.region IS NOT NULL AND new.new_received IS NOT NULL
BEGIN
    INSERT INTO region_total (year, region, reports, new_received)
    VALUES (new.year, new.region, 1, new.new_received)
    ON CONFLICT DO UPDATE SET reports = reports + 1, new_received = new_received + excluded.new_received;
END;

-- What people have said of a finding; it holds for as long as the finding has the same fingerprint.
CREATE TABLE acknowledgement (
    report_id INTEGER NOT NULL REFERENCES report (id),
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 16),
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (report_id, fingerprint)
) STRICT, WITHOUT ROWID;

-- The feed of changes; its ids are the cursors. Rows are added and never changed.
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- reassessed: the document or the findings changed because another report or the registry did.
    kind TEXT NOT NULL CHECK (kind IN ('stored', 'corrected', 'withdrawn', 'reassessed')),
    report_id INTEGER NOT NULL REFERENCES report (id),
    revision INTEGER NOT NULL
) STRICT;

INSERT INTO change (at, kind, report_id, revision)
SELECT at, kind, report_id, number FROM revision ORDER BY at, id;

-- What has to be done once by the program itself: `reindex` derives what this schema keeps beside the documents.
CREATE TABLE pending_task (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO pending_task (name) SELECT 'reindex' WHERE EXISTS (SELECT 1 FROM report);
