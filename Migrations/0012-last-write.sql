-- When anything was last written, in seconds since 1970, each time later than the one before: what answers from many
-- reports say in Last-Modified.
CREATE TABLE last_write (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;

INSERT INTO last_write (id, at) VALUES (1, 0);
