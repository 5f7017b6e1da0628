import { locale } from './language.ts'
import { saidOfTimes } from './said-of-times.ts'

const units = ['KB', 'MB', 'GB', 'TB'] as const

/** Bytes in the nearest unit of 1024: `16 KB`, `61.2 MB`. */
export function size(bytes: number): string {
  let value = bytes
  let unit = -1
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const figure = number(Math.round(value * 10) / 10)
  return unit < 0 ? saidOfTimes.bytes(figure) : `${figure} ${units[unit]}`
}

/** A figure with its thousands set apart. */
export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value)

/** `1 request`, `3 requests` */
export const count = (howMany: number, one: string, many = `${one}s`): string =>
  `${number(howMany)} ${howMany === 1 ? one : many}`
