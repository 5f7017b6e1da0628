/** Entries, messages, the ways they came and went, vectors, drafts, search. Released: never edited, a change is a new migration. */
export const migration = `
  CREATE TABLE conversation (
    key INTEGER PRIMARY KEY,
    -- hex of the SHA-256 that names it
    id TEXT NOT NULL UNIQUE,
    -- the other person's peer id
    contact TEXT NOT NULL UNIQUE,
    -- everything that arrived up to here is read
    readUpTo INTEGER NOT NULL DEFAULT 0,
    -- arrival of the newest 'profile' entry whose name was taken over
    namedUpTo INTEGER NOT NULL DEFAULT 0,
    draft TEXT,
    -- opened by me: stands in the list of chats although nothing has been said
    isOpened INTEGER NOT NULL DEFAULT 0,
    createdAt INTEGER NOT NULL
  ) STRICT;

  -- One per conversation, author and instance. 'seq', 'head' and 'lamport' are those of its longest branch.
  CREATE TABLE log (
    key INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation (key),
    author TEXT NOT NULL,
    instance TEXT NOT NULL,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    lamport INTEGER NOT NULL,
    -- the first seq at which two entries are held
    forkSeq INTEGER,
    -- how far I have read it
    read INTEGER NOT NULL DEFAULT 0,
    UNIQUE (conversation, author, instance)
  ) STRICT;

  -- The ways on which entries came: few, each kept once.
  CREATE TABLE passage (
    key INTEGER PRIMARY KEY,
    line TEXT NOT NULL,
    transport TEXT,
    relay TEXT
  ) STRICT;
  CREATE UNIQUE INDEX passageOnce ON passage (line, coalesce(transport, ''), coalesce(relay, ''));

  -- 'bytes' is exactly what was signed; the other columns are read from it once. 'arrival' only ever grows.
  CREATE TABLE entry (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    conversation INTEGER NOT NULL REFERENCES conversation (key),
    log INTEGER NOT NULL REFERENCES log (key),
    seq INTEGER NOT NULL,
    previous BLOB NOT NULL,
    lamport INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    -- stands on the screen by itself
    isShown INTEGER NOT NULL,
    -- landed above something already read
    isLate INTEGER NOT NULL,
    -- taken off this screen only; nothing of it is signed, and the entry goes on travelling
    isHidden INTEGER NOT NULL DEFAULT 0,
    -- the entry it changes
    target BLOB,
    -- the entry it answers
    replyTo BLOB,
    writtenAt INTEGER NOT NULL,
    arrivedAt INTEGER NOT NULL,
    -- the way it first came; own entries came none
    passage INTEGER REFERENCES passage (key),
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL
  ) STRICT;
  CREATE INDEX entryOfLog ON entry (log, seq);
  CREATE INDEX entryOnScreen ON entry (conversation, lamport) WHERE isShown = 1 AND isHidden = 0;
  CREATE INDEX entryByArrival ON entry (conversation, isLate, arrival) WHERE isShown = 1 AND isHidden = 0;
  CREATE INDEX entryOfTarget ON entry (target) WHERE target IS NOT NULL;
  CREATE INDEX entryOfKind ON entry (conversation, kind, arrival) WHERE isShown = 0 AND target IS NULL;

  -- What a member told of a log: it holds everything up to 'seq' on disk and has read up to 'read'.
  CREATE TABLE vector (
    log INTEGER NOT NULL REFERENCES log (key),
    member TEXT NOT NULL,
    seq INTEGER NOT NULL,
    read INTEGER NOT NULL,
    PRIMARY KEY (log, member)
  ) STRICT, WITHOUT ROWID;

  -- How entries fromSeq … toSeq of a log of mine went to its reader: one row for those that went and were acknowledged together.
  CREATE TABLE receipt (
    log INTEGER NOT NULL REFERENCES log (key),
    fromSeq INTEGER NOT NULL,
    toSeq INTEGER NOT NULL,
    line TEXT NOT NULL,
    transport TEXT,
    relay TEXT,
    sentAt INTEGER NOT NULL,
    acknowledgedAt INTEGER NOT NULL,
    PRIMARY KEY (log, fromSeq)
  ) STRICT, WITHOUT ROWID;

  -- A log that is not taken further, because I ('isMine' = 1) or the contact refused an entry of it.
  CREATE TABLE stop (
    conversation INTEGER NOT NULL REFERENCES conversation (key),
    author TEXT NOT NULL,
    instance TEXT NOT NULL,
    isMine INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (conversation, author, instance, isMine)
  ) STRICT, WITHOUT ROWID;

  -- Words of texts and edits; rowid = entry.arrival. The text itself is only in the entry.
  CREATE VIRTUAL TABLE search USING fts5 (
    text, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
  );
`
