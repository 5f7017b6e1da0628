import { EventEmitter } from 'node:events'
import { record } from './record.ts'

interface Options {
  readonly title?: string
  readonly body?: string
}

/** Those on screen now, oldest first. */
export const shownNotifications: Notification[] = []

/** A notification; a test presses it with `click`, which the system would do. */
export class Notification extends EventEmitter {
  static isSupported = (): boolean => true
  readonly title: string
  readonly body: string

  constructor({ title = '', body = '' }: Options = {}) {
    super()
    this.title = title
    this.body = body
  }
  show(): void {
    record('Notification.show', { title: this.title, body: this.body })
    shownNotifications.push(this)
    this.emit('show', {})
  }
  close(): void {
    this.#gone({ reason: 'applicationHidden' })
  }
  click(): void {
    this.emit('click', {})
    this.#gone({ reason: 'userCanceled' })
  }

  #gone(details: object): void {
    const place = shownNotifications.indexOf(this)
    if (place < 0) return
    shownNotifications.splice(place, 1)
    this.emit('close', details)
  }
}
