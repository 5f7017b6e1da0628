import type { Database } from '../driver.ts'

/** A link I gave out. Its text is made from this when somebody looks at it. */
export interface StoredInvite {
  readonly id: string
  readonly token: Uint8Array
  readonly createdAt: number
  readonly hasDirectAddresses: boolean
  readonly isWithdrawn: boolean
}

type Row = Omit<StoredInvite, 'hasDirectAddresses' | 'isWithdrawn'> & {
  readonly hasDirectAddresses: number
  readonly isWithdrawn: number
}

/** All links, oldest first. */
export function list(db: Database): StoredInvite[] {
  return db
    .all<Row>('SELECT id, token, createdAt, hasDirectAddresses, isWithdrawn FROM invite ORDER BY createdAt, id')
    .map((row) => ({
      ...row,
      hasDirectAddresses: row.hasDirectAddresses === 1,
      isWithdrawn: row.isWithdrawn === 1,
    }))
}

/** Writes a link, whole. */
export function put(db: Database, invite: StoredInvite): null {
  db.run(
    `INSERT OR REPLACE INTO invite (id, token, createdAt, hasDirectAddresses, isWithdrawn)
     VALUES (?, ?, ?, ?, ?)`,
    invite.id,
    invite.token,
    invite.createdAt,
    Number(invite.hasDirectAddresses),
    Number(invite.isWithdrawn),
  )
  return null
}
