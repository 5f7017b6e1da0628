/** Words in and round times and sizes. */
export const times = {
  today: (day: string) => `Today, ${day}`,
  yesterday: (day: string) => `Yesterday, ${day}`,
  lessThanAMinute: 'less than a minute',
  days: (howMany: number) => (howMany === 1 ? '1 day' : `${howMany} days`),
  bytes: (howMany: string) => `${howMany} bytes`,
} as const
