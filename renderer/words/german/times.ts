import type { times as english } from '../english/times.ts'
import type { SameShape } from '../same-shape.ts'

/** Words in and round times and sizes. */
export const times: SameShape<typeof english> = {
  today: (day) => `Heute, ${day}`,
  yesterday: (day) => `Gestern, ${day}`,
  lessThanAMinute: 'weniger als eine Minute',
  days: (howMany) => (howMany === 1 ? '1 Tag' : `${howMany} Tage`),
  bytes: (howMany) => `${howMany} Byte`,
}
