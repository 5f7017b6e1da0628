import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPageTrouble } from '../../../electron/shell/window/page-trouble.ts'
import { dialogWordsOf } from '../../../electron/shell/words/dialog-words.ts'

const words = dialogWordsOf('en', 'en')

/** A page in trouble, whose questions the test answers. */
function scene(reloadsLeft = 0) {
  const questions: { message: string; signal: AbortSignal; press: (button: number) => Promise<void> }[] = []
  const done: string[] = []
  let left = reloadsLeft
  const trouble = createPageTrouble({
    ask({ message }, _buttons, signal) {
      const { promise, resolve } = Promise.withResolvers<number>()
      const press = async (button: number) => {
        resolve(button)
        await promise
      }
      questions.push({ message, signal, press })
      return promise
    },
    mayReload: () => left-- > 0,
    reload: () => void done.push('reload'),
    endProcess: () => void done.push('end'),
    quit: () => void done.push('quit'),
    words: () => words,
    failed: (error) => assert.fail(String(error)),
  })
  return { trouble, questions, done }
}

test('a page that crashes is reloaded, and when that keeps failing somebody is asked', async () => {
  const { trouble, questions, done } = scene(2)
  trouble.gone()
  trouble.gone()
  assert.deepEqual(done, ['reload', 'reload'])
  trouble.gone()
  assert.equal(questions[0]?.message, words.crashed.message)
  await questions[0]?.press(0)
  trouble.gone()
  await questions[1]?.press(1)
  assert.deepEqual(done, ['reload', 'reload', 'reload', 'quit'])
})

test('a page that crashes while somebody is asked whether to wait for it is not left blank', async () => {
  const { trouble, questions, done } = scene()
  trouble.stuck()
  trouble.gone()
  assert.equal(questions[0]?.signal.aborted, true)
  assert.equal(questions[1]?.message, words.crashed.message)
  // The question that was taken away answers itself, as Electron has it, and changes nothing.
  await questions[0]?.press(1)
  assert.deepEqual(done, [])
  // Nor do the last words of the process that hung.
  trouble.answers()
  assert.equal(questions[1]?.signal.aborted, false)
  await questions[1]?.press(0)
  assert.deepEqual(done, ['reload'])
})

test('a page that could not be loaded is helped up like one that crashed; a part of it, or one left on purpose, is not', async () => {
  const { trouble, questions, done } = scene(1)
  trouble.loadFailed({ errorCode: -3, isMainFrame: true })
  trouble.loadFailed({ errorCode: -6, isMainFrame: false })
  assert.deepEqual(done, [])
  trouble.loadFailed({ errorCode: -6, isMainFrame: true })
  assert.deepEqual(done, ['reload'])
  trouble.loadFailed({ errorCode: -6, isMainFrame: true })
  assert.equal(questions[0]?.message, words.crashed.message)
  await questions[0]?.press(1)
  assert.deepEqual(done, ['reload', 'quit'])
})

test('a page that hangs is ended on demand, and not asked about once it answers again', async () => {
  const { trouble, questions, done } = scene()
  trouble.stuck()
  trouble.stuck()
  assert.equal(questions.length, 1)
  trouble.answers()
  assert.equal(questions[0]?.signal.aborted, true)
  await questions[0]?.press(1)
  trouble.stuck()
  await questions[1]?.press(1)
  assert.deepEqual(done, ['end'])
})

test('nothing is asked about a window that is closed', async () => {
  const { trouble, questions, done } = scene(1)
  trouble.stuck()
  trouble.closed()
  assert.equal(questions[0]?.signal.aborted, true)
  trouble.gone()
  trouble.stuck()
  assert.equal(questions.length, 1)
  assert.deepEqual(done, [])
})
