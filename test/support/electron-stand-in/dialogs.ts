import { record, strict } from './record.ts'

interface MessageBox {
  readonly cancelId?: number
  readonly signal?: AbortSignal
}

/** What a test answers to the dialogs to come, in order: the number of the button. Without one they are cancelled. */
export const answers: number[] = []

export const dialog = strict('dialog', {
  async showMessageBox(
    ...given: readonly unknown[]
  ): Promise<{ readonly response: number; readonly checkboxChecked: boolean }> {
    // The options come last; a window may come before them.
    const options = given.at(-1) as MessageBox
    const { signal: _signal, ...shown } = options
    record('dialog.showMessageBox', shown)
    return { response: answers.shift() ?? options.cancelId ?? 0, checkboxChecked: false }
  },
  showErrorBox: (title: string, content: string) => record('dialog.showErrorBox', title, content),
})

export const shell = strict('shell', {
  async openExternal(url: string): Promise<void> {
    record('shell.openExternal', url)
  },
})

let copied = ''
export const clipboard = strict('clipboard', {
  async readText(): Promise<string> {
    return copied
  },
  async writeText(text: string): Promise<void> {
    copied = text
    record('clipboard.writeText', text)
  },
})
