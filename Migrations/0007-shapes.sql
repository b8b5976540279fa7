-- Report documents, and sources that are JSON, are stored as the number of their shape and their values: a tenth of the
-- text. Those that were stored before stay as they are; both are read.
CREATE TABLE json_shape (
    id INTEGER PRIMARY KEY,
    -- The text with a zero byte in the place of each value. Rows are added and never changed.
    pattern BLOB NOT NULL UNIQUE
) STRICT;

-- Lists and counts read facts by now.
DROP INDEX report_year;
DROP INDEX report_region;

-- One index in place of two: the first report with the same figures, and which report that one names.
DROP INDEX report_figures;
DROP INDEX report_figures_known;
CREATE INDEX report_same_figures ON report (figures_hash, id, figures_match) WHERE figures_hash IS NOT NULL;
