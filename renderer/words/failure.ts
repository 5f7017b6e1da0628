import type { Failure } from '../../shared/contract/failures.ts'
import { type DetailedCode, failures as english } from './english/failures.ts'
import { failures as german } from './german/failures.ts'
import { inLanguage } from './language.ts'
import type { SameShape } from './same-shape.ts'
import { number, size } from './size.ts'

const said = inLanguage<SameShape<typeof english>>({ en: english, de: german })

type Detail = NonNullable<Failure['detail']>

const detailed: Readonly<Record<DetailedCode, (detail: Detail) => string>> = {
  'profile-no-key': (detail) => (detail['found'] === 'keyring' ? said.noKey.keyring : said.noKey.other),
  'too-long': tooLong,
  'not-allowed': (detail) => said.notAllowed[forbidden[detail['because'] ?? ''] ?? 'other'],
  'invite-damaged': (detail) => (detail['found'] === 'no-link' ? said.inviteDamaged.noLink : said.inviteDamaged.other),
  internal: ({ incident }) => (incident === undefined ? said.internal : said.incident(`${incident}`)),
}

/** The reasons for which the messenger does not do something, as it names them. */
const forbidden: Readonly<Record<string, keyof typeof english.notAllowed>> = {
  'no passphrase': 'noPassphrase',
  'profile exists': 'profileExists',
  'relay of a contact': 'relayOfContact',
}

function tooLong(detail: Detail): string {
  const limit = Number(detail['limit'])
  if (!Number.isFinite(limit)) return said.tooLong.shorten
  const { unit } = detail
  return said.tooLong.most(
    unit === 'bytes' ? size(limit) : said.tooLong.characters(number(limit), unit === undefined ? undefined : `${unit}`),
  )
}

const isDetailed = (code: Failure['code']): code is DetailedCode => code in detailed

/** What happened and what to do about it. */
export function failureSentence({ code, detail = {} }: Failure): string {
  return isDetailed(code) ? detailed[code](detail) : said.plain[code]
}
