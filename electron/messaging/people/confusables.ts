// Which names look alike. The idea is the "skeleton" of Unicode Technical Standard 39: two texts are confusable when
// their skeletons are equal. The full table has 6,000 rows, most of them for scripts nobody fakes a name with. This is
// the part that matters for names: Cyrillic, Greek, Armenian and Cherokee letters, digits and signs that pass for Latin
// ones. Full-width, mathematical and other styled letters are folded by NFKD before it is asked.
// Accents are dropped as well: stricter than the standard, because "Béa" beside "Bea" deserves a look.

const LOOKS_LIKE: Readonly<Record<string, string>> = {
  a: 'аɑα',
  b: 'ЬƄᏏ',
  c: 'сϲᴄⅽ',
  d: 'ԁᏧɗ',
  e: 'еҽєε',
  f: 'ſƒϝẝ',
  g: 'ɡցԍ',
  h: 'һհᏂ',
  // One stroke: these are one family, whatever the font.
  l: 'iıІіιӀ1|!ǀӏⅼlյ',
  j: 'јϳ',
  k: 'кκᴋ',
  m: 'мⅿ',
  n: 'пոռη',
  o: '0оοօσ०০੦૦௦๐໐ο○◯',
  p: 'рρϱ',
  q: 'ԛզգ',
  r: 'гᴦⲅ',
  s: 'ѕꜱ5$',
  t: 'тτᴛ',
  u: 'υսц',
  v: 'ѵνⅴ',
  w: 'ԝѡωա',
  x: 'хχⅹ×',
  y: 'уүγყ',
  z: 'ᴢʐ2',
  '3': 'зʒӡ',
  '4': 'Ꮞ',
  '-': '‐‑‒–—−_',
  "'": '’‘ʼ′`´',
}

// Some look like another letter only as capitals: В is B, but в is not b; Ν is N, but ν is v.
const CAPITAL_LOOKS_LIKE: Readonly<Record<string, string>> = {
  b: 'ВΒᏴ',
  d: 'Ꭰ',
  e: 'ΕᎬ',
  h: 'НΗᎻ',
  j: 'Ꭻ',
  k: 'Ꮶ',
  l: 'Ꮮ',
  m: 'МΜᎷ',
  n: 'Ν',
  p: 'Ꮲ',
  s: 'Ꮪ',
  t: 'ТΤᎢ',
  u: 'Ս',
  y: 'ΥҮ',
  z: 'ΖᏃ',
}

const tableOf = (letters: Readonly<Record<string, string>>) =>
  new Map(Object.entries(letters).flatMap(([latin, others]) => [...others].map((letter) => [letter, latin] as const)))
const FOLDED = tableOf(LOOKS_LIKE)
const FOLDED_CAPITALS = tableOf(CAPITAL_LOOKS_LIKE)
// Two letters that run together into one.
const PAIRS: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
]

/** What is left of a name when everything is taken away that the eye passes over. Equal skeletons look alike. */
export function skeleton(name: string): string {
  const plain = withoutMarks(name)
  let lower = ''
  for (const letter of plain) lower += FOLDED_CAPITALS.get(letter) ?? letter.toLowerCase()
  let folded = ''
  for (const letter of withoutMarks(lower)) folded += FOLDED.get(letter) ?? letter
  for (const [pair, one] of PAIRS) folded = folded.replaceAll(pair, one)
  return folded.replace(/[\s.,]+/gu, '')
}

const withoutMarks = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '')
