import { LANGUAGES, type Settings, THEMES } from '../../shared/domain/settings.ts'
import { useDoing } from '../messenger.ts'
import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { availableLanguages } from '../words/language.ts'
import { words } from '../words/words.ts'

/** Light, dark, or as the system has it; and the language, as soon as there are several. */
export function AppearanceSection() {
  const { appearance } = words.settings
  const settings = useRow('settings')
  const { run, failure } = useDoing()
  const languages = LANGUAGES.filter((choice) => choice === 'system' || availableLanguages.includes(choice))
  return (
    <>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <Choice
        name="theme"
        title={appearance.theme}
        said={appearance.themes}
        choices={THEMES}
        chosen={settings?.theme}
        onChoose={(theme) => run('settings.change', { theme })}
      />
      {availableLanguages.length > 1 ? (
        <Choice
          name="language"
          title={appearance.language}
          said={appearance.languages}
          choices={languages}
          chosen={settings?.language}
          onChoose={(language) => run('settings.change', { language })}
        />
      ) : null}
    </>
  )
}

function Choice<Value extends Settings['theme'] | Settings['language']>({
  name,
  title,
  said,
  choices,
  chosen,
  onChoose,
}: {
  readonly name: string
  readonly title: string
  readonly said: Readonly<Record<Value, string>>
  readonly choices: readonly Value[]
  readonly chosen: Value | undefined
  readonly onChoose: (choice: Value) => void
}) {
  return (
    <fieldset className="sec choices">
      <legend>{title}</legend>
      <div>
        {choices.map((choice) => (
          <label key={choice} className="choice">
            <input
              type="radio"
              name={name}
              value={choice}
              checked={chosen === choice}
              onChange={() => onChoose(choice)}
            />
            {/* A language is written in its own letters, whatever the others are. */}
            <b lang={name === 'language' && choice !== 'system' ? choice : undefined}>{said[choice]}</b>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
