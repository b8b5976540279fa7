-- What lists and statistics read of each report that is not withdrawn: its dimensions and its figures, some 300 bytes in
-- place of a document of 7,000. Kept in line by the triggers below, whoever writes to `report` and `agency`.
CREATE TABLE fact (
    year INTEGER NOT NULL,
    report_id INTEGER NOT NULL REFERENCES report (id),
    agency_id INTEGER NOT NULL REFERENCES agency (id),
    -- The division's code, a number: 411324.
    region INTEGER,
    level TEXT,
    kind TEXT,
    form TEXT NOT NULL,
    scope TEXT NOT NULL,
    -- Which checks of the report alone, and which of those across reports, have findings: a bit for each, as CheckSet
    -- has them.
    findings INTEGER NOT NULL,
    cross_findings INTEGER NOT NULL,
    -- All figures and indicators, as CompactFigures packs them.
    figures BLOB NOT NULL,
    PRIMARY KEY (year, report_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_agency ON fact (agency_id);
CREATE INDEX fact_region ON fact (region) WHERE region IS NOT NULL;

-- What facts were before they changed, so that sums can follow instead of being made anew: NULLs where there was none.
-- The newest are enough.
CREATE TABLE fact_change (
    seq INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    report_id INTEGER NOT NULL,
    agency_id INTEGER,
    region INTEGER,
    level TEXT,
    kind TEXT,
    form TEXT,
    scope TEXT,
    findings INTEGER,
    cross_findings INTEGER,
    figures BLOB
) STRICT;

CREATE TRIGGER fact_insert AFTER INSERT ON fact
BEGIN
    INSERT INTO fact_change (year, report_id) VALUES (new.year, new.report_id);
END;

CREATE TRIGGER fact_update AFTER UPDATE ON fact
BEGIN
    INSERT INTO fact_change (year, report_id, agency_id, region, level, kind, form, scope, findings,
        cross_findings, figures)
    VALUES (old.year, old.report_id, old.agency_id, old.region, old.level, old.kind, old.form, old.scope, old.findings,
        old.cross_findings, old.figures);
END;

CREATE TRIGGER fact_delete AFTER DELETE ON fact
BEGIN
    INSERT INTO fact_change (year, report_id, agency_id, region, level, kind, form, scope, findings,
        cross_findings, figures)
    VALUES (old.year, old.report_id, old.agency_id, old.region, old.level, old.kind, old.form, old.scope, old.findings,
        old.cross_findings, old.figures);
END;

CREATE TRIGGER fact_change_trim AFTER INSERT ON fact_change WHEN new.seq % 1024 = 0
BEGIN
    DELETE FROM fact_change WHERE seq <= new.seq - 32768;
END;

CREATE TRIGGER report_fact_withdraw AFTER UPDATE OF withdrawn ON report WHEN new.withdrawn AND NOT old.withdrawn
BEGIN
    DELETE FROM fact WHERE year = old.year AND report_id = old.id;
END;

CREATE TRIGGER report_fact_move AFTER UPDATE OF agency_id ON report WHEN new.agency_id <> old.agency_id
BEGIN
    UPDATE fact SET (agency_id, region, level, kind) = (
        SELECT a.id, CAST(a.region AS INTEGER), a.level, a.kind FROM agency a WHERE a.id = new.agency_id)
    WHERE year = new.year AND report_id = new.id;
END;

CREATE TRIGGER agency_fact AFTER UPDATE OF region, level, kind ON agency
WHEN new.region IS NOT old.region OR new.level IS NOT old.level OR new.kind IS NOT old.kind
BEGIN
    UPDATE fact SET region = CAST(new.region AS INTEGER), level = new.level, kind = new.kind
    WHERE agency_id = new.id;
END;

INSERT INTO pending_task (name) SELECT 'facts' WHERE EXISTS (SELECT 1 FROM report)
    AND NOT EXISTS (SELECT 1 FROM pending_task WHERE name = 'reindex');
