import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts'
import type { Views } from '../../shared/contract/views.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { quit } from '../ending.ts'
import { findInChats } from '../focus.ts'
import { ask } from '../messenger.ts'
import { notice } from '../notice.ts'
import { isOutdated } from '../people/truth.ts'
import { href } from '../route.ts'
import { copyText } from '../ui/copy.tsx'
import type { IconName } from '../ui/icon.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import type { Item } from './items.ts'

/** What the commands depend on, and what of the frame they need. */
export interface CommandContext {
  readonly session: Views['session'] | undefined
  readonly shell: Views['shell'] | undefined
  readonly settings: Settings | undefined
  readonly self: Views['self'] | undefined
  readonly invites: ReadonlyMap<string, Views['invites']> | undefined
  readonly showSheet: () => void
  /** A page in a browser stays open when Sightline has stopped, so it asks first. */
  readonly askQuit: () => void
}

type Name = keyof typeof words.shell.palette.commands

/** The commands that make sense now. */
export function commandItems(context: CommandContext): readonly Item[] {
  const { session, shell, settings } = context
  const { commands, also } = words.shell.palette
  const item = (name: Name, icon: IconName, act: Item['act']): Item => ({
    id: `command ${name}`,
    group: 'commands',
    label: commands[name],
    also: also[name],
    face: { icon },
    act,
  })
  const does = (name: Name, icon: IconName, run: () => unknown) => item(name, icon, { run: () => void run() })
  const changes = (name: Name, icon: IconName, change: Partial<Settings>) =>
    does(name, icon, () => askAndSay('settings.change', change))
  const isRelayOnly = settings?.relayOnly === true
  return [
    item('add', 'plus', { to: href('people', 'add') }),
    does('copyLink', 'copy', () => copyLink(context)),
    does('search', 'search', findInChats),
    does('retry', 'network', retry),
    changes(isRelayOnly ? 'relayOnlyOff' : 'relayOnlyOn', 'shield', { relayOnly: !isRelayOnly }),
    ...(['light', 'dark', 'system'] as const)
      .filter((theme) => theme !== settings?.theme)
      .map((theme) => changes(theme, 'sun', { theme })),
    does('shortcuts', 'info', context.showSheet),
    // Without a passphrase locking would keep nobody out.
    ...(session?.state === 'open' && session.opensWith === 'passphrase'
      ? [does('lock', 'lock', () => askAndSay('profile.lock', {}))]
      : []),
    does('quit', 'quit', shell?.kind === 'loopback' ? context.askQuit : quit),
  ]
}

/** Asks for something that has no place on the page to say what went wrong. */
async function askAndSay<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<{ readonly value: CommandOutput<Name> } | undefined> {
  const answer = await ask(name, input)
  if (answer.ok) return { value: answer.value }
  notice(failureSentence(answer.failure))
  return undefined
}

async function retry(): Promise<void> {
  if ((await askAndSay('network.retry', {})) !== undefined) notice(words.shell.palette.retrying)
}

/** My newest link that holds a relay of today, else a new one. */
async function copyLink({ invites, self }: CommandContext): Promise<void> {
  const newest = [...(invites?.values() ?? [])]
    .filter(({ isWithdrawn }) => !isWithdrawn)
    .sort((one, other) => other.createdAt - one.createdAt)[0]
  const isGood = newest !== undefined && self !== undefined && !isOutdated(newest, self)
  const link = isGood ? newest.link : (await askAndSay('invite.create', { withDirectAddresses: false }))?.value.link
  if (link === undefined) return
  await copyText(link)
  notice(words.shell.palette.linkCopied)
}
