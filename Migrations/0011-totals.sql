-- What a consolidated report is held against: not only the requests received.
ALTER TABLE report ADD COLUMN processed INTEGER;
ALTER TABLE report ADD COLUMN reviews INTEGER;
ALTER TABLE report ADD COLUMN litigations INTEGER;

DROP TRIGGER report_total_insert;
DROP TRIGGER report_total_subtract;
DROP TRIGGER report_total_add;
DROP TABLE region_total;

-- What the agencies' own reports of a year and division add up to, blanks as 0, for what a consolidated report covers.
CREATE TABLE region_total (
    year INTEGER NOT NULL,
    region TEXT NOT NULL,
    reports INTEGER NOT NULL,
    new_received INTEGER NOT NULL,
    processed INTEGER NOT NULL,
    reviews INTEGER NOT NULL,
    litigations INTEGER NOT NULL,
    PRIMARY KEY (year, region)
) STRICT, WITHOUT ROWID;

INSERT INTO region_total
SELECT year, region, count(*), sum(coalesce(new_received, 0)), 0, 0, 0 FROM report
WHERE scope = 'own' AND NOT withdrawn AND region IS NOT NULL GROUP BY year, region;

CREATE TRIGGER report_total_insert AFTER INSERT ON report
WHEN new.scope = 'own' AND NOT new.withdrawn AND new.region IS NOT NULL
BEGIN
    INSERT INTO region_total
    VALUES (new.year, new.region, 1, coalesce(new.new_received, 0), coalesce(new.processed, 0),
        coalesce(new.reviews, 0), coalesce(new.litigations, 0))
    ON CONFLICT DO UPDATE SET reports = reports + 1, new_received = new_received + excluded.new_received,
        processed = processed + excluded.processed, reviews = reviews + excluded.reviews,
        litigations = litigations + excluded.litigations;
END;

CREATE TRIGGER report_total_subtract
AFTER UPDATE OF year, scope, withdrawn, region, new_received, processed, reviews, litigations ON report
WHEN old.scope = 'own' AND NOT old.withdrawn AND old.region IS NOT NULL
BEGIN
    UPDATE region_total SET reports = reports - 1, new_received = new_received - coalesce(old.new_received, 0),
        processed = processed - coalesce(old.processed, 0), reviews = reviews - coalesce(old.reviews, 0),
        litigations = litigations - coalesce(old.litigations, 0)
    WHERE year = old.year AND region = old.region;
END;

CREATE TRIGGER report_total_add
AFTER UPDATE OF year, scope, withdrawn, region, new_received, processed, reviews, litigations ON report
WHEN new.scope = 'own' AND NOT new.withdrawn AND new.region IS NOT NULL
BEGIN
    INSERT INTO region_total
    VALUES (new.year, new.region, 1, coalesce(new.new_received, 0), coalesce(new.processed, 0),
        coalesce(new.reviews, 0), coalesce(new.litigations, 0))
    ON CONFLICT DO UPDATE SET reports = reports + 1, new_received = new_received + excluded.new_received,
        processed = processed + excluded.processed, reviews = reviews + excluded.reviews,
        litigations = litigations + excluded.litigations;
END;

-- Where the figures of the current revision stand in its document, of those that a check across reports may name; the
-- program packs them. Reports from before have none until they come again.
CREATE TABLE figure_place (
    report_id INTEGER PRIMARY KEY REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
    places BLOB NOT NULL
) STRICT;

-- The new sums of reports from before are made by the program.
INSERT INTO pending_task (name) SELECT 'totals' WHERE EXISTS (SELECT 1 FROM report)
    AND NOT EXISTS (SELECT 1 FROM pending_task WHERE name = 'reindex');
