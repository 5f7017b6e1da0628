import { locale } from './language.ts'
import { saidOfTimes } from './said-of-times.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const format = (at: number, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale(), options).format(at)

/** `14:24` */
export const clock = (at: number): string => format(at, { hour: '2-digit', minute: '2-digit' })

/** `14:24:06` */
export const clockSeconds = (at: number): string =>
  format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** The first moment of the local day. */
export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** Whole local days from `at` to `now`: 0 is today. Noon against noon, because a day may have 23 or 25 hours. */
const daysAgo = (at: number, now: number): number => Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS)

/** A day as a heading: `Today, Friday 20 November`. */
export function dayHeading(at: number, now: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const day = format(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' as const }),
  })
  const ago = daysAgo(at, now)
  return ago === 0 ? saidOfTimes.today(day) : ago === 1 ? saidOfTimes.yesterday(day) : day
}

/** The shortest that still says when: `14:24`, `Tue`, `3 Nov`, `3 Nov 2025`. */
export function shortTime(at: number, now: number): string {
  const ago = daysAgo(at, now)
  if (ago <= 0) return clock(at)
  if (ago < 7) return format(at, { weekday: 'short' })
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(at, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' as const }) })
}

/** `18 November` */
export const date = (at: number): string => format(at, { day: 'numeric', month: 'long' })

/** `20 November 2026, 14:24:06` */
export const dateAndTime = (at: number): string =>
  `${format(at, { day: 'numeric', month: 'long', year: 'numeric' })}, ${clockSeconds(at)}`

/** When a message arrived, beside a text written earlier: `12:40`, with the day when that is another one. */
export const arrivedWhen = (arrivedAt: number, writtenAt: number): string =>
  startOfDay(arrivedAt) === startOfDay(writtenAt) ? clock(arrivedAt) : `${date(arrivedAt)}, ${clock(arrivedAt)}`

/** A round trip or a wait: `14 ms`, `1.2 s`, `3 min`. */
export function milliseconds(ms: number): string {
  if (ms < 1_000) return `${Math.max(ms > 0 ? 1 : 0, Math.round(ms))} ms`
  if (ms < 60_000) return `${seconds(ms / 1_000, ms < 10_000 ? 1 : 0)} s`
  return duration(ms)
}

const seconds = (value: number, digits: 0 | 1): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

/** A longer time: `46 min`, `1 h 46 min`, `3 days`. */
export function duration(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  if (minutes < 1) return saidOfTimes.lessThanAMinute
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return saidOfTimes.days(Math.round(hours / 24))
}
