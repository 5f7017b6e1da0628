import Sqlite, { type Statement } from 'better-sqlite3-multiple-ciphers'

// The one file that names the driver. Everything else of this folder sees `Database`.

/** What a column holds and what a parameter may be. Flags are stored as 0 and 1, absent values as null. */
export type Value = string | number | bigint | Uint8Array | null

/**
 * One open database, inside the worker. Statements are prepared once and kept.
 * Tables are STRICT, so the row type given beside a statement is what SQLite itself enforces.
 */
export interface Database {
  /** The first row, or undefined. */
  one<Row>(sql: string, ...values: readonly Value[]): Row | undefined
  all<Row>(sql: string, ...values: readonly Value[]): Row[]
  /** Reads row by row; end it before the next write. */
  each<Row>(sql: string, ...values: readonly Value[]): IterableIterator<Row>
  run(sql: string, ...values: readonly Value[]): { readonly changes: number; readonly rowId: number }
  /** Runs any number of statements without parameters. */
  exec(sql: string): void
  /** Reads or sets a pragma; its single value. */
  pragma(pragma: string): unknown
  readonly isInTransaction: boolean
  close(): void
}

export interface DriverOptions {
  readonly path: string
  /** 32 random bytes. */
  readonly key: Uint8Array
  /** How long to wait for a lock that another process holds. */
  readonly lockWaitMs: number
  readonly mustExist: boolean
}

/** Opens the file with its key. Reads nothing yet: a wrong key shows at the first statement. */
export function openDriver({ path, key, lockWaitMs, mustExist }: DriverOptions): Database {
  const sqlite = new Sqlite(path, { timeout: lockWaitMs, fileMustExist: mustExist })
  try {
    sqlite.pragma(`cipher='sqlcipher'`)
    // SQLCipher 4: AES-256-CBC and an HMAC-SHA-512 on every page, so a changed page never reads as data.
    sqlite.pragma('legacy=4')
    sqlite.pragma(`key="x'${Buffer.from(key).toString('hex')}'"`)
  } catch (error) {
    sqlite.close()
    throw error
  }
  const statements = new Map<string, Statement>()
  const prepared = (sql: string): Statement => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = sqlite.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  return {
    // The caller names the row type beside its own SQL; STRICT tables hold it to that.
    one: <Row>(sql: string, ...values: readonly Value[]) => prepared(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: readonly Value[]) => prepared(sql).all(...values) as Row[],
    each: <Row>(sql: string, ...values: readonly Value[]) =>
      // A kept statement cannot be walked twice at once.
      sqlite.prepare(sql).iterate(...values) as IterableIterator<Row>,
    run(sql, ...values) {
      const { changes, lastInsertRowid } = prepared(sql).run(...values)
      return { changes, rowId: Number(lastInsertRowid) }
    },
    exec(sql) {
      sqlite.exec(sql)
    },
    pragma: (pragma) => sqlite.pragma(pragma, { simple: true }),
    get isInTransaction() {
      return sqlite.inTransaction
    },
    close() {
      statements.clear()
      sqlite.close()
    },
  }
}

/** The SQLite result code of an error (`SQLITE_FULL`, …), or undefined when it is not SQLite's. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Sqlite.SqliteError ? error.code : undefined
}
