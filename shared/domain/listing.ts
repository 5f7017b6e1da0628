/**
 * A live table as its owner shows it to others: read all rows, hear that something changed, read again.
 * Whoever mirrors it compares rows itself (app/views.ts), so an owner never has to say what changed.
 */
export interface Listing<Row> {
  rows(): Iterable<readonly [key: string, row: Row]>
  /** Returns a function that ends the listening. */
  onChange(listener: () => void): () => void
}
