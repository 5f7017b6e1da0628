import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLab, type Lab, type RelaySite, type Site } from '../net/lab.ts'
import type { Weather } from '../options.ts'
import { type Person, type PersonOptions, startPerson } from './person.ts'
import { type LabRelay, type LabRelayOptions, startLabRelay } from './relay.ts'

/** A lab with relays on its internet, and people who come and go. */
export interface Stage {
  readonly lab: Lab
  readonly relays: readonly LabRelay[]
  /** A folder of its own for everything that this stage keeps. */
  readonly directory: string
  addRelay(args?: readonly string[]): Promise<LabRelay>
  /** Starts somebody on a machine, who knows all relays there are unless told otherwise. */
  seat(place: Site, options: SeatOptions): Promise<Person>
  /** Ends everybody and everything, newest first. */
  stop(): Promise<void>
}

export type SeatOptions = Omit<PersonOptions, 'directory' | 'relays'> & { readonly relays?: readonly LabRelay[] }

export interface StageOptions {
  readonly weather: Weather
  /** 2 unless told. */
  readonly relays?: number
}

/** Builds a lab with relays in it. Only inside `runInside` (net/inside.ts). */
export async function createStage({ weather, relays: relayCount = 2 }: StageOptions): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-natlab-'))
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  // Also when the run is ended in its midst.
  process.once('exit', remove)
  const stops: (() => Promise<void> | void)[] = [remove]
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) {
      try {
        await one()
      } catch (error) {
        console.error(`the lab did not end cleanly: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
  try {
    const lab = await createLab(weather)
    stops.push(() => lab.stop())
    const relays: LabRelay[] = []
    const people: Person[] = []
    stops.push(async () => {
      await Promise.all(people.splice(0).map((person) => person.kill()))
    })

    async function addRelay(args: LabRelayOptions['args'] = []): Promise<LabRelay> {
      const site: RelaySite = await lab.addSite({ hasSecondAddress: relays.length === 0 })
      const relay = await startLabRelay(site, { dataDir: join(directory, `relay-${relays.length}`), args })
      stops.push(() => relay.stop())
      relays.push(relay)
      return relay
    }
    for (let count = 0; count < relayCount; count++) await addRelay()

    return {
      ...{ lab, relays, directory, addRelay, stop },
      async seat(place, { relays: known = relays, ...options }) {
        const person = await startPerson(place, {
          ...options,
          directory: join(directory, options.name),
          relays: known.map(({ address }) => address),
        })
        people.push(person)
        return person
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
