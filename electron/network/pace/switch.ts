/** Something that can be switched on and off while the node runs. */
export interface Switch {
  /** Idempotent. Resolves when it is as asked; a quick on-off-on ends on. */
  set(isOn: boolean): Promise<void>
}

/** `start` starts it and returns what stops it. Starts and stops never overlap. */
export function createSwitch(start: () => Promise<() => Promise<void>>): Switch {
  let stop: (() => Promise<void>) | undefined
  let isWanted = false
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    while ((stop !== undefined) !== isWanted) {
      if (stop === undefined) stop = await start()
      else {
        const ending = stop
        stop = undefined
        await ending()
      }
    }
  }

  return {
    set(isOn) {
      isWanted = isOn
      working ??= work().finally(() => {
        working = undefined
      })
      return working
    },
  }
}
