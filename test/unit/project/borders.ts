import type { Import } from './imports.ts'

/** A border the compiler cannot see: which files it speaks of, and what they may not import. */
interface Border {
  readonly name: string
  readonly inside: RegExp
  readonly except?: RegExp
  readonly mayNotImport: RegExp
  /** Types cost nothing at run time, and some borders let them pass. */
  readonly typesMayPass?: boolean
}

const LIBP2P = '(?:libp2p|@libp2p/|@chainsafe/libp2p|@multiformats/)'

export const BORDERS: readonly Border[] = [
  {
    name: 'only the shell, main and preload import electron',
    inside: /^(electron|renderer|shared)\//,
    except: /^electron\/(shell\/|main\.ts|preload\.ts)/,
    mayNotImport: /^electron$/,
  },
  {
    name: 'only electron/network imports libp2p',
    inside: /^(electron|renderer|shared)\//,
    except: /^electron\/network\//,
    mayNotImport: new RegExp(`^${LIBP2P}`),
  },
  {
    name: 'the window never sees electron/',
    inside: /^renderer\//,
    // Runs at build time, not in the window.
    except: /^renderer\/vite\.config\.ts$/,
    mayNotImport: /^(electron\/|node:)/,
  },
  { name: 'electron/ never sees the window', inside: /^electron\//, mayNotImport: /^renderer\// },
  { name: 'shared/ sees neither side', inside: /^shared\//, mayNotImport: /^(electron|renderer|test)\/|^node:/ },
  { name: 'shared/ imports zod only', inside: /^shared\//, mayNotImport: /^(?!shared\/|zod\/mini$)/ },
  { name: 'shared/domain imports nothing', inside: /^shared\/domain\//, mayNotImport: /^(?!shared\/domain\/)/ },
  {
    name: 'network imports nothing above it',
    inside: /^electron\/network\//,
    mayNotImport: /^electron\/(app|messaging|storage|shell|loopback|relay)\//,
  },
  {
    name: 'storage imports nothing above it',
    inside: /^electron\/storage\//,
    mayNotImport: /^electron\/(app|messaging|network|shell|loopback|relay)\//,
    typesMayPass: true,
  },
  {
    name: 'messaging imports nothing above it',
    inside: /^electron\/messaging\//,
    mayNotImport: /^electron\/(app|shell|loopback|relay)\//,
  },
  {
    name: 'app imports no shell',
    inside: /^electron\/app\//,
    mayNotImport: /^electron\/(shell|loopback|program|relay)\//,
  },
  {
    name: 'what both shells share knows neither',
    inside: /^electron\/program\//,
    mayNotImport: /^electron\/(shell|loopback|messaging|network|storage|relay)\//,
  },
  { name: 'the shells do not know each other', inside: /^electron\/shell\//, mayNotImport: /^electron\/loopback\// },
  { name: 'the loopback shell knows no Electron', inside: /^electron\/loopback\//, mayNotImport: /^electron\/shell\// },
  {
    name: 'the relay uses network only',
    inside: /^electron\/relay\//,
    mayNotImport: /^electron\/(?!relay\/|network\/)/,
  },
  {
    name: 'the page loads no parser: of commands and frames it sees the types only',
    inside: /^renderer\//,
    mayNotImport: /^(zod|shared\/contract\/(commands|wire)\.ts$)/,
    typesMayPass: true,
  },
  {
    name: 'ui and words import no feature',
    inside: /^renderer\/(ui|words)\//,
    mayNotImport: /^renderer\/(chat|people|inspector|settings|first-run)\//,
  },
  { name: 'nothing imports test/', inside: /^(electron|renderer|shared)\//, mayNotImport: /^test\// },
]

/** The imports that cross a border, each as a sentence. */
export function crossings(border: Border, imports: readonly Import[]): string[] {
  return imports
    .filter(({ file }) => border.inside.test(file) && !border.except?.test(file))
    .filter(({ target, isTypeOnly }) => border.mayNotImport.test(target) && !(border.typesMayPass && isTypeOnly))
    .map(({ file, target }) => `${file} imports ${target}: ${border.name}`)
}
