import { ShortcutTable } from '../shortcuts.tsx'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'

/** What this is, how it runs, and the keys that work here. */
export function AboutSection() {
  const { settings, shell: frame } = words
  const { about } = settings
  const shell = useRow('shell')
  return (
    <>
      <section className="sec first-sec">
        <p className="lead">{about.what}</p>
        <dl className="facts">
          <dt>{about.version}</dt>
          <dd>{shell?.version}</dd>
          <dt>{about.licence}</dt>
          <dd>{about.licenceName}</dd>
          <dt>{about.profile}</dt>
          <dd>
            <bdi>{shell?.profile}</bdi>
          </dd>
          <dt>{about.runs}</dt>
          <dd>{shell === undefined ? '' : about.runsIn[shell.kind]}</dd>
        </dl>
        <p className="soft">{about.third}</p>
      </section>
      <section className="sec">
        <header>
          <h2>{frame.shortcuts.title}</h2>
        </header>
        <ShortcutTable />
      </section>
    </>
  )
}
