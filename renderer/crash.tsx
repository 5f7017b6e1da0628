import { Component, type ReactNode } from 'react'
import { Button } from './ui/button.tsx'
import { Wall } from './ui/logo.tsx'
import { words } from './words/words.ts'

/** Catches a mistake in the drawing of the pages, so that it is said instead of leaving an empty window. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly hasCrashed: boolean }> {
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children
    const { shell } = words
    return (
      <main className="alone">
        <div className="empty" role="alert">
          <Wall tone="bad" />
          <h1>{shell.crashed}</h1>
          <p className="soft">{shell.crashedHint}</p>
          <Button kind="main" onClick={() => window.location.reload()}>
            {shell.reload}
          </Button>
        </div>
      </main>
    )
  }
}
