import type { GroupName, Item } from './items.ts'
import { type Found, found, type Prepared } from './matching.ts'

/** A heading and what stands under it. */
export interface Group {
  readonly name: GroupName
  readonly items: readonly Item[]
}

// Enough to choose from at a glance; a longer list is narrowed by typing on.
const MOST_IN_GROUP = 8

/** What fits the typed words, by kind: the kind with the best of all first, so that Enter takes that one. */
export function foundGroups(
  prepared: readonly Prepared<Item>[],
  typed: string,
  recent: readonly string[],
): readonly Group[] {
  const groups = new Map<GroupName, Found<Item>[]>()
  // In the order of quality, so a kind stands where its best one does.
  for (const each of found(prepared, typed, recent)) {
    const known = groups.get(each.item.group) ?? []
    groups.set(each.item.group, known)
    if (known.length < MOST_IN_GROUP) known.push(each)
  }
  return [...groups].map(([name, items]) => ({ name, items: items.map(({ item }) => item) }))
}

/** What is offered before anything is typed: what was used last, then the rest, each once. */
export function firstGroups(
  recent: readonly string[],
  offered: readonly Item[],
  find: (id: string) => Item | undefined,
): readonly Group[] {
  const used = recent.flatMap((id) => find(id) ?? [])
  const ids = new Set(used.map(({ id }) => id))
  const groups = new Map<GroupName, Item[]>()
  for (const item of offered) {
    if (ids.has(item.id)) continue
    const known = groups.get(item.group) ?? []
    groups.set(item.group, known)
    known.push(item)
  }
  const rest = [...groups].map(([name, items]) => ({ name, items }))
  return used.length === 0 ? rest : [{ name: 'recent', items: used }, ...rest]
}
