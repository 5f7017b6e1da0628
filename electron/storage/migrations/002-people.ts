/** Contacts, invites, address records. Released: never edited, a change is a new migration. */
export const migration = `
  CREATE TABLE contact (
    id TEXT PRIMARY KEY,
    -- asked | asks-me | mutual | ignored | blocked
    state TEXT NOT NULL,
    -- Only while blocked: what it was before.
    stateBefore TEXT,
    -- The name the person chose, and the one I gave.
    name TEXT NOT NULL,
    givenName TEXT,
    -- Theirs with their request, mine with mine.
    note TEXT,
    ownNote TEXT,
    -- The invite of mine they used; the token of theirs that I present.
    inviteId TEXT,
    token BLOB,
    -- They know that I count them as a contact.
    isConfirmed INTEGER NOT NULL,
    isRelayOnly INTEGER NOT NULL,
    isVerified INTEGER NOT NULL,
    lastSeen INTEGER,
    since INTEGER NOT NULL,
    -- JSON arrays of multiaddrs: from a link or typed, and from their newest address record with its number.
    givenAddresses TEXT NOT NULL,
    relayed TEXT NOT NULL,
    direct TEXT NOT NULL,
    recordNumber INTEGER NOT NULL,
    -- JSON array: my relayed addresses as this person last heard them, and when.
    told TEXT NOT NULL,
    toldAt INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE invite (
    id TEXT PRIMARY KEY,
    token BLOB NOT NULL UNIQUE CHECK (length(token) = 16),
    createdAt INTEGER NOT NULL,
    hasDirectAddresses INTEGER NOT NULL,
    isWithdrawn INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`
