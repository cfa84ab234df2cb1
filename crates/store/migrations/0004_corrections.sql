-- What people say of devices against what the network tells. Rows are only added: the last one of
-- an asset and attribute holds, one without a value takes it back, all together are the history.

CREATE TABLE corrections (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    asset     TEXT NOT NULL,
    attribute TEXT NOT NULL,
    value     TEXT,
    reason    TEXT NOT NULL,
    who       TEXT NOT NULL,
    at_ns     INTEGER NOT NULL  -- nanoseconds since 1970, UTC
) STRICT;

CREATE INDEX corrections_asset ON corrections (asset, id);
