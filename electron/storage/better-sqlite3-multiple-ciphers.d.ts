// The package's own types are not among its exports; this is what the driver uses of it.
declare module 'better-sqlite3-multiple-ciphers' {
  interface Statement {
    run(...values: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint }
    get(...values: readonly unknown[]): unknown
    all(...values: readonly unknown[]): unknown[]
    iterate(...values: readonly unknown[]): IterableIterator<unknown>
  }

  class SqliteError extends Error {
    readonly code: string
  }

  class Database {
    static readonly SqliteError: typeof SqliteError
    constructor(path: string, options: { readonly timeout: number; readonly fileMustExist: boolean })
    prepare(sql: string): Statement
    exec(sql: string): this
    pragma(pragma: string, options?: { readonly simple: boolean }): unknown
    readonly inTransaction: boolean
    close(): this
  }

  export default Database
  export type { Statement }
}
