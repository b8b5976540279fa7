-- Signatures of narratives are longer, so that nearly all copies are found; the program makes them anew.
DELETE FROM narrative_band;
INSERT INTO pending_task (name) SELECT 'signatures' WHERE EXISTS (SELECT 1 FROM narrative_signature)
    AND NOT EXISTS (SELECT 1 FROM pending_task WHERE name = 'reindex');
DELETE FROM narrative_signature;

-- Words are cut with a longer list of traditional characters: the index is made anew, in the background.
INSERT INTO report_text (report_text) VALUES ('delete-all');
DELETE FROM text_pending;
INSERT INTO text_pending (key) SELECT year << 32 | report_id FROM fact;
