-- What the model holds, row by row. Identifiers are positions in the model's tables. Times are
-- nanoseconds since 1970 UTC; addresses are text; protocols are Ferrite's protocol numbers.

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Captures and live sensors that were read. Frames name their source by id.
CREATE TABLE sources (
    id      INTEGER PRIMARY KEY,
    path    TEXT NOT NULL,
    digest  TEXT,
    packets INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    first   INTEGER,
    last    INTEGER,
    error   TEXT
) STRICT;

CREATE UNIQUE INDEX sources_digest ON sources (digest) WHERE digest IS NOT NULL;

CREATE TABLE paths (
    id      INTEGER PRIMARY KEY,
    vlan    INTEGER NOT NULL,
    mac     TEXT NOT NULL,
    host    TEXT NOT NULL,
    packets INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    ttl     INTEGER NOT NULL,
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    file    INTEGER NOT NULL,
    frame   INTEGER NOT NULL
) STRICT;

CREATE TABLE binds (
    id    INTEGER PRIMARY KEY,
    vlan  INTEGER NOT NULL,
    mac   TEXT NOT NULL,
    ip    TEXT NOT NULL,
    proto INTEGER NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL,
    file  INTEGER NOT NULL,
    frame INTEGER NOT NULL
) STRICT;

CREATE TABLE attributes (
    id          INTEGER PRIMARY KEY,
    vlan        INTEGER NOT NULL,
    host        TEXT NOT NULL,
    part_kind   TEXT,
    part_number INTEGER,
    attribute   TEXT NOT NULL,
    proto       INTEGER NOT NULL,
    source      TEXT NOT NULL,
    value       TEXT NOT NULL,
    weight      INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    first       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    file        INTEGER NOT NULL,
    frame       INTEGER NOT NULL,
    offset      INTEGER,
    length      INTEGER NOT NULL,
    mac         TEXT NOT NULL
) STRICT;

CREATE TABLE conversations (
    id             INTEGER PRIMARY KEY,
    client         TEXT NOT NULL,
    server         TEXT NOT NULL,
    vlan           INTEGER NOT NULL,
    transport      TEXT NOT NULL,
    port           INTEGER NOT NULL,
    proto          INTEGER,
    client_packets INTEGER NOT NULL,
    server_packets INTEGER NOT NULL,
    bytes          INTEGER NOT NULL,
    first          INTEGER NOT NULL,
    last           INTEGER NOT NULL,
    file           INTEGER NOT NULL,
    frame          INTEGER NOT NULL,
    certain        INTEGER NOT NULL,
    main           INTEGER NOT NULL
) STRICT;

-- Operations of a conversation; conversation -1 holds the sums over all.
CREATE TABLE operations (
    conversation   INTEGER NOT NULL,
    proto          INTEGER NOT NULL,
    code           INTEGER NOT NULL,
    sub            INTEGER NOT NULL, -- -1 without
    role           TEXT NOT NULL,
    count          INTEGER NOT NULL,
    errors         INTEGER NOT NULL,
    paired         INTEGER NOT NULL,
    latency_ns_sum INTEGER NOT NULL,
    latency_ns_max INTEGER NOT NULL,
    first          INTEGER NOT NULL,
    last           INTEGER NOT NULL,
    file           INTEGER NOT NULL,
    frame          INTEGER NOT NULL,
    PRIMARY KEY (conversation, proto, code, sub, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE targets (
    conversation INTEGER NOT NULL,
    proto        INTEGER NOT NULL,
    code         INTEGER NOT NULL,
    role         TEXT NOT NULL,
    unit         INTEGER NOT NULL, -- -1 without
    area         INTEGER NOT NULL,
    position     BLOB NOT NULL,    -- eight bytes, high byte first
    quantity     INTEGER NOT NULL, -- 0 for ranges
    length       INTEGER NOT NULL, -- positions from the first on
    extra        INTEGER NOT NULL,
    name         TEXT NOT NULL,
    count        INTEGER NOT NULL,
    first        INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    file         INTEGER NOT NULL,
    frame        INTEGER NOT NULL,
    PRIMARY KEY (conversation, proto, code, role, unit, area, position, quantity, extra, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE protocols (
    proto    INTEGER PRIMARY KEY,
    packets  INTEGER NOT NULL,
    messages INTEGER NOT NULL
) STRICT;

CREATE TABLE faults (
    layer TEXT NOT NULL,
    fault TEXT NOT NULL,
    count INTEGER NOT NULL,
    file  INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    PRIMARY KEY (layer, fault)
) STRICT, WITHOUT ROWID;

CREATE TABLE losses (
    kind  TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
