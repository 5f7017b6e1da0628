/** An element of a small document. Names come without their prefix, attributes are not kept. */
export interface XmlElement {
  readonly name: string
  /** Text directly inside, trimmed. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

const ELEMENTS_MAX = 2_000
const DEPTH_MAX = 32

const START_TAG = /<([A-Za-z_][\w.:-]*)(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/y
const END_TAG = /<\/([A-Za-z_][\w.:-]*)\s*>/y

interface OpenElement {
  readonly name: string
  readonly texts: string[]
  readonly children: XmlElement[]
}

/**
 * Reads what routers send: elements, text, comments, CDATA, and the five entities every XML has. `undefined` for
 * anything else: a document type (which could declare entities that explode), tags that do not match, more than 2,000
 * elements, or 32 levels. One pass, nothing is looked up or fetched.
 */
export function readXml(source: string): XmlElement | undefined {
  const stack: OpenElement[] = []
  let root: XmlElement | undefined
  let count = 0
  let at = 0

  const close = () => {
    const done = stack.pop()
    if (done === undefined) return
    const element = { name: done.name, text: done.texts.join('').trim(), children: done.children }
    const parent = stack.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
  }
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(source)
  }
  /** Moves behind `end` and returns what stood before it. */
  const skipTo = (begin: string, end: string): string | undefined => {
    const until = source.indexOf(end, at + begin.length)
    if (until < 0) return undefined
    const inside = source.slice(at + begin.length, until)
    at = until + end.length
    return inside
  }

  for (;;) {
    const tag = source.indexOf('<', at)
    stack.at(-1)?.texts.push(withoutEntities(source.slice(at, tag < 0 ? source.length : tag)))
    if (tag < 0) return stack.length === 0 ? root : undefined
    at = tag
    if (source.startsWith('<?', at)) {
      if (skipTo('<?', '?>') === undefined) return undefined
    } else if (source.startsWith('<!--', at)) {
      if (skipTo('<!--', '-->') === undefined) return undefined
    } else if (source.startsWith('<![CDATA[', at)) {
      const text = skipTo('<![CDATA[', ']]>')
      if (text === undefined) return undefined
      stack.at(-1)?.texts.push(text)
    } else if (source.startsWith('</', at)) {
      const end = match(END_TAG)
      if (end === null || stack.at(-1)?.name !== localName(end[1])) return undefined
      at += end[0].length
      close()
    } else {
      const start = match(START_TAG)
      count += 1
      if (start === null || root !== undefined || count > ELEMENTS_MAX || stack.length >= DEPTH_MAX) return undefined
      at += start[0].length
      stack.push({ name: localName(start[1]), texts: [], children: [] })
      if (start[2] === '/') close()
    }
  }
}

/** All elements of this name, at any depth, in the order of the document. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => findAll(child, name))]
}

/** The text of the first element of this name, at any depth. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return findAll(element, name)[0]?.text
}

/** Text as it may stand between tags. */
export function withEntities(text: string): string {
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function withoutEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
}

function localName(name = ''): string {
  return name.slice(name.indexOf(':') + 1)
}
