-- The words of each report that is not withdrawn, for full-text search: its title, its agency's names and its prose, cut
-- by the program into what TextTokens describes, pairs of neighbouring characters above all. The rows are numbered in the
-- order of years: year << 32 | report. Only the index is kept (content=''): the texts stand in `report` and `revision`.
CREATE VIRTUAL TABLE report_text USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii');

-- Every occurrence in the index, so that `disclosure verify` can hold it against the texts; it stores nothing.
CREATE VIRTUAL TABLE report_text_term USING fts5vocab (report_text, instance);

-- The reports whose words the index does not have yet, or no longer as they are. It is brought in line soon afterwards;
-- until then, a search looks through these texts themselves.
CREATE TABLE text_pending (
    key INTEGER PRIMARY KEY,
    -- What the index has of it: the number of the revision, its title, the agency's name in that year and its current
    -- one, as they were. NULLs where it has nothing.
    revision INTEGER,
    title TEXT,
    agency_name TEXT,
    name TEXT
) STRICT;

CREATE TRIGGER fact_text AFTER INSERT ON fact
BEGIN
    INSERT INTO text_pending (key) VALUES (new.year << 32 | new.report_id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER report_text_change AFTER UPDATE OF revision, title, agency_name, agency_id ON report
WHEN NOT old.withdrawn
BEGIN
    INSERT INTO text_pending (key, revision, title, agency_name, name)
    SELECT old.year << 32 | old.id, old.revision, old.title, old.agency_name, a.name
    FROM agency a WHERE a.id = old.agency_id ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER agency_text_change AFTER UPDATE OF name ON agency WHEN new.name <> old.name
BEGIN
    INSERT INTO text_pending (key, revision, title, agency_name, name)
    SELECT r.year << 32 | r.id, r.revision, r.title, r.agency_name, old.name
    FROM report r WHERE r.agency_id = old.id AND NOT r.withdrawn ON CONFLICT DO NOTHING;
END;

INSERT INTO text_pending (key) SELECT year << 32 | report_id FROM fact;
