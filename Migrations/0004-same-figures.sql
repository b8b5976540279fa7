-- Thousands of small agencies have the same few figures. Those to whom a newcomer is the first with theirs are found
-- without walking through all of them.
CREATE INDEX report_figures_known ON report (figures_hash, figures_match) WHERE figures_hash IS NOT NULL;
