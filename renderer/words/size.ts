import { locale } from './language.ts'

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** Bytes in the nearest unit of 1024: `16 KB`, `61.2 MB`. */
export function size(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${number(Math.round(value * 10) / 10)} ${units[unit]}`
}

/** A figure with its thousands set apart. */
export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value)

/** `1 request`, `3 requests` */
export const count = (howMany: number, one: string, many = `${one}s`): string =>
  `${number(howMany)} ${howMany === 1 ? one : many}`
