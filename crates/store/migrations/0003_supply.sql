-- The supply chain. Documents are kept as they were understood, as JSON; the hash names the file.

CREATE TABLE supply_documents (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    scope    TEXT NOT NULL, -- asset, supplier, site
    subject  TEXT NOT NULL, -- the device's identifier, the supplier's name, or empty
    imported TEXT NOT NULL, -- RFC 3339, UTC
    records  TEXT NOT NULL  -- JSON
) STRICT;

CREATE UNIQUE INDEX supply_documents_once ON supply_documents (sha256, scope, subject);

-- What other plants shared; one row for each plant, by its public key: the newest bundle holds.
CREATE TABLE supply_bundles (
    signer   TEXT PRIMARY KEY,
    made     TEXT NOT NULL,
    imported TEXT NOT NULL,
    payload  TEXT NOT NULL  -- JSON, as it was signed
) STRICT, WITHOUT ROWID;

-- Early warnings: what changed for the plant when facts changed.
CREATE TABLE supply_warnings (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,
    cause    TEXT NOT NULL,
    advisory TEXT NOT NULL,
    change   TEXT NOT NULL,
    text     TEXT NOT NULL,
    devices  INTEGER NOT NULL,
    zones    TEXT NOT NULL, -- JSON list
    assets   TEXT NOT NULL  -- JSON list
) STRICT;
