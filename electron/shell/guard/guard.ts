import { app, type Session, type WebContents } from 'electron'
import type { Log } from '../../app/log.ts'
import { logSeldom } from '../log-seldom.ts'
import { isOwnPage, mayRequest } from '../page/page-address.ts'
import { mayHave } from './permissions.ts'
import { createPresses, type Presses } from './presses.ts'

export interface GuardOptions {
  readonly session: Session
  /** The page opened a link that leads out. */
  readonly onOutwardLink: (url: string) => void
  readonly log: Log
}

/** Switches of Chromium that must stand before the app is ready. */
export function quietChromium(): void {
  for (const name of ['disable-background-networking', 'disable-component-update', 'dns-prefetch-disable', 'no-pings'])
    app.commandLine.appendSwitch(name)
}

/** Holds every window to its page: it goes nowhere else, opens nothing, loads nothing and is given nothing it need not have. */
export async function guard({ session, onOutwardLink, log }: GuardOptions): Promise<void> {
  const presses = createPresses()
  const prevented = logSeldom(log, 'window was kept from leaving its page')
  app.on('web-contents-created', (_event, contents) => guardContents(contents, { presses, onOutwardLink, prevented }))
  // Chromium's own default is to present the first certificate it finds.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault()
    choose()
  })
  guardPermissions(session, presses)
  await guardRequests(session, log)
}

function guardContents(
  contents: WebContents,
  {
    presses,
    onOutwardLink,
    prevented,
  }: {
    readonly presses: Presses
    readonly onOutwardLink: (url: string) => void
    readonly prevented: () => void
  },
): void {
  presses.watch(contents)
  // A reload is a navigation to where the page is already.
  const stay = (details: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }) => {
    if (details.isMainFrame && isOwnPage(details.url) && isOwnPage(contents.getURL())) return
    prevented()
    details.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  // A page may not keep its window from closing, nor itself from being reloaded.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  contents.setWindowOpenHandler(({ url }) => {
    if (isOwnPage(contents.getURL())) onOutwardLink(url)
    return { action: 'deny' }
  })
  // The policy of the page does not reach WebRTC, and the page has no use for it: the network is the messenger's.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

function guardPermissions(session: Session, presses: Presses): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    answer(mayHave({ permission, origin: details.requestingUrl, media, pressedMsAgo: presses.msAgo(contents) }))
  })
  session.setPermissionCheckHandler((contents, permission, origin, { mediaType }) =>
    mayHave({
      permission,
      origin,
      media: mediaType === undefined ? [] : [mediaType],
      pressedMsAgo: presses.msAgo(contents),
    }),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault()
    choose(null)
  })
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault()
    choose('')
  })
}

async function guardRequests(session: Session, log: Log): Promise<void> {
  const cancelled = logSeldom(log, 'request of the window was cancelled')
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isAllowed = mayRequest(url)
    if (!isAllowed) cancelled()
    answer({ cancel: !isAllowed })
  })
  session.on('will-download', (event) => event.preventDefault())
  // Dictionaries would be fetched from somebody else.
  session.setSpellCheckerEnabled(false)
  session.setSpellCheckerLanguages([])
  // What passes by all of this (WebRTC over TCP, a proxy search of the system) meets a proxy where nobody listens.
  await session.setProxy({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' })
}
