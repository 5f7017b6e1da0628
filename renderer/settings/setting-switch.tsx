import type { ReactNode } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { useDoing } from '../messenger.ts'
import { SwitchRow } from '../ui/switch.tsx'
import { useRow } from '../views.ts'

type Switch = { [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never }[keyof Settings]

/** Draws the row of one switch of the settings. */
type SwitchOf = (name: Switch, label: string, hint: ReactNode, isDisabled?: boolean) => ReactNode

/** The switches of a section; what changing one came to is said once, above them. */
export function useSwitches(): { readonly row: SwitchOf; readonly failure: Failure | undefined } {
  const settings = useRow('settings')
  const { run, failure } = useDoing()
  return {
    failure,
    row: (name, label, hint, isDisabled = false) =>
      settings === undefined ? null : (
        <SwitchRow
          label={label}
          hint={hint}
          isOn={settings[name]}
          isDisabled={isDisabled}
          onChange={(isOn) => run('settings.change', { [name]: isOn })}
        />
      ),
  }
}
