/** Settings, relays and who I am. Released: never edited, a change is a new migration. */
export const migration = `
  -- One row: the profile. 'seed' is the Ed25519 identity; 'instance' names this database's own logs.
  CREATE TABLE profile (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seed BLOB NOT NULL CHECK (length(seed) = 32),
    instance BLOB NOT NULL CHECK (length(instance) = 16),
    name TEXT NOT NULL,
    createdAt INTEGER NOT NULL
  ) STRICT;

  -- One row, kept by storage itself: is a process working in this database, or did one die in it?
  CREATE TABLE storage (id INTEGER PRIMARY KEY CHECK (id = 1), isOpen INTEGER NOT NULL) STRICT;
  INSERT INTO storage (id, isOpen) VALUES (1, 0);

  -- Only what was changed by hand; everything else has its default. 'value' is JSON.
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- Numbers that only ever grow, for example the number of my address record.
  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE relay (
    id TEXT PRIMARY KEY,
    name TEXT,
    -- JSON array of multiaddrs
    addresses TEXT NOT NULL,
    source TEXT NOT NULL,
    addedAt INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`
