/** Reads JSON that lies in a column. What cannot be read is `undefined`: one bad value must not keep a profile from opening. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
