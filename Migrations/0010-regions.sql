-- The reports whose agency's name several divisions share, and that do not say themselves which one is meant, while their
-- agency stands in one of them by the word of others: their findings say so until somebody says which.
CREATE TABLE unsaid_region (
    report_id INTEGER PRIMARY KEY REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- What an agency was called when the feed told of its report. Rows from before have the name of today.
ALTER TABLE change ADD COLUMN agency TEXT;

UPDATE change SET agency = (
    SELECT a.name FROM report r JOIN agency a ON a.id = r.agency_id WHERE r.id = change.report_id);
