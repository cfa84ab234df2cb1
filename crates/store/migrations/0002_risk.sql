-- What people decided about a CVE on an asset. Rows are only added: the last one holds, all of
-- them together are the history of who decided what and when.

CREATE TABLE triage (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    asset  TEXT NOT NULL,
    cve    TEXT NOT NULL,
    state  TEXT NOT NULL,
    reason TEXT NOT NULL,
    until  TEXT,          -- last day of an accepted risk, YYYY-MM-DD
    who    TEXT NOT NULL,
    at     TEXT NOT NULL  -- RFC 3339, UTC
) STRICT;

CREATE INDEX triage_asset ON triage (asset, cve, id);

-- Risk by day: the last number of each day. Scope is a zone, or empty for the site.
CREATE TABLE trend (
    day      TEXT NOT NULL,
    scope    TEXT NOT NULL,
    score    REAL NOT NULL,
    inherent REAL NOT NULL,
    PRIMARY KEY (day, scope)
) STRICT, WITHOUT ROWID;
