-- What people say of which addresses are one device, and which are not. Rows are only added: the
-- last one of a kind and key holds, one with holds = 0 takes it back, all together are the history.

CREATE TABLE ties (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL CHECK (kind IN ('same', 'own')),
    key       TEXT NOT NULL,    -- what a later word takes the place of: the addresses it is about
    addresses TEXT NOT NULL,    -- JSON array, what it is about first
    holds     INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    who       TEXT NOT NULL,
    at_ns     INTEGER NOT NULL  -- nanoseconds since 1970, UTC
) STRICT;

CREATE INDEX ties_key ON ties (kind, key, id);
