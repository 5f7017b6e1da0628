import type { Replacement } from './faulty-build.ts'

export interface Fault {
  readonly name: string
  readonly replacements: readonly Replacement[]
  /** The check that must fail, by its name. */
  readonly check: string
  /** What it must say: another failure would show nothing. */
  readonly says: RegExp
}

const preference = (text: string, to: string, check: string): Fault => {
  const setting = text.split(':')[0] ?? ''
  const replacements = [{ from: `\t\t\t${text},\n`, to: `\t\t\t${to},\n` }]
  return { name: `${setting} the wrong way round`, replacements, check, says: new RegExp(setting) }
}

const GUARD = {
  stay: 'details.isMainFrame && isOwnPage(details.url) && isOwnPage(contents.getURL())',
  event: (name: string) => `contents.on("${name}", stay);`,
}

/** What somebody could turn off, in the text of the built app. The first five are named in the project's plan. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'the preload needs Node',
    replacements: [
      {
        from: 'electron.contextBridge.exposeInMainWorld("sightline"',
        to: 'require("node:fs");\nelectron.contextBridge.exposeInMainWorld("sightline"',
      },
    ],
    check: '20: the page is given the bridge only',
    says: /module not found: node:fs/,
  },
  {
    name: 'an extra key in the bridge',
    replacements: [
      { from: '\twatch: (name, onPush) => isName', to: '\tread: () => "anything",\n\twatch: (name, onPush) => isName' },
    ],
    check: '20: the page is given the bridge only',
    says: /read/,
  },
  {
    name: 'window.open allowed',
    replacements: [{ from: '{ action: "deny" }', to: '{ action: "allow" }' }],
    check: '14: no new windows',
    says: /elsewhere/,
  },
  {
    name: 'navigation allowed',
    replacements: [{ from: `if (${GUARD.stay}) return;`, to: 'return;' }],
    check: '13: no navigation',
    says: /will-navigate/,
  },
  { ...preference('sandbox: true', 'sandbox: false', '4: the window is sandboxed'), name: 'sandbox off' },
  preference('nodeIntegration: false', 'nodeIntegration: true', '2: no Node integration'),
  preference('nodeIntegrationInWorker: false', 'nodeIntegrationInWorker: true', '2: no Node integration in workers'),
  preference(
    'nodeIntegrationInSubFrames: false',
    'nodeIntegrationInSubFrames: true',
    '2: no Node integration in frames',
  ),
  preference('contextIsolation: true', 'contextIsolation: false', '3: context isolation'),
  preference('webSecurity: true', 'webSecurity: false', '6: web security'),
  preference('allowRunningInsecureContent: false', 'allowRunningInsecureContent: true', '8: no insecure content'),
  preference('experimentalFeatures: false', 'experimentalFeatures: true', '9: no experimental features'),
  {
    name: 'a Blink feature',
    replacements: [
      { from: '\t\t\tspellcheck: false,', to: '\t\t\tspellcheck: false, enableBlinkFeatures: "CSSVariables",' },
    ],
    check: '10: no Blink features',
    says: /enableBlinkFeatures/,
  },
  preference('webviewTag: false', 'webviewTag: true', '11: no webview tag'),
  preference('navigateOnDragDrop: false', 'navigateOnDragDrop: true', 'what is dropped on the window leads nowhere'),
  {
    name: 'requests go anywhere',
    replacements: [{ from: 'answer({ cancel: !isAllowed })', to: 'answer({})' }],
    check: '1: only secure content is loaded',
    says: /http:\/\/elsewhere/,
  },
  {
    name: 'only the named window is sandboxed',
    replacements: [{ from: 'app.enableSandbox();', to: '' }],
    check: '4: every window is sandboxed',
    says: /0/,
  },
  {
    name: 'one permission more is granted',
    replacements: [
      { from: 'switch (permission) {', to: 'switch (permission) {\n\t\tcase "audioCapture": return true;' },
    ],
    check: '5: permissions are asked for, and denied',
    says: /audioCapture/,
  },
  {
    name: 'no handler for permissions',
    replacements: [{ from: 'session.setPermissionRequestHandler(', to: '((handler) => handler)(' }],
    check: '5: permissions are asked for, and denied',
    says: /audioCapture/,
  },
  {
    name: 'no check of permissions',
    replacements: [{ from: 'session.setPermissionCheckHandler(', to: '((handler) => handler)(' }],
    check: '5: permissions are asked for, and denied',
    says: /audioCapture/,
  },
  {
    name: 'the camera without a press',
    replacements: [{ from: ' && pressedMsAgo <= PRESS_COUNTS_FOR_MS', to: '' }],
    check: '5: permissions are asked for, and denied',
    says: /the camera without a press/,
  },
  {
    name: 'the microphone with the camera',
    replacements: [{ from: 'media.every((kind) => kind === "video")', to: 'media.includes("video")' }],
    check: '5: the camera after a press, never the microphone',
    says: /the microphone/,
  },
  {
    name: 'devices are given',
    replacements: [{ from: 'session.setDevicePermissionHandler(() => false);', to: '' }],
    check: '5: no device is given',
    says: /true/,
  },
  {
    name: 'scripts within the page',
    replacements: [{ from: `"script-src 'self'"`, to: `"script-src 'self' 'unsafe-inline'"` }],
    check: '7: the content security policy',
    says: /script-src/,
  },
  {
    name: 'a policy without its default',
    replacements: [{ from: `"default-src 'none'",`, to: '' }],
    check: '7: the content security policy',
    says: /default-src/,
  },
  {
    name: 'webviews are attached',
    replacements: [{ from: 'contents.on("will-attach-webview", (event) => event.preventDefault());', to: '' }],
    check: '12: no webview is attached',
    says: /falsy|false/,
  },
  ...['will-navigate', 'will-frame-navigate', 'will-redirect'].map((name) => ({
    name: `${name} is not heard`,
    replacements: [{ from: GUARD.event(name), to: '' }],
    check: '13: no navigation',
    says: new RegExp(name),
  })),
  {
    name: 'links are opened without a question',
    replacements: [{ from: 'if (await ask(questionAbout(judged.value, words())) !== OPEN) return;', to: '' }],
    check: '15: nothing is opened outside before a yes',
    says: /a question|dialog/,
  },
  {
    name: 'http is opened too',
    replacements: [{ from: 'if (isOpenToAll) return err("insecure");', to: '' }],
    check: '15: nothing is opened outside before a yes',
    says: /insecure/,
  },
  {
    name: 'frames of anybody are taken',
    replacements: [{ from: ' && isOwnPage(senderFrame.url)', to: '' }],
    check: '17: the sender of every message is checked',
    says: /another origin/,
  },
  {
    name: 'frames within the page are taken',
    replacements: [{ from: ' && senderFrame.parent === null', to: '' }],
    check: '17: the sender of every message is checked',
    says: /a frame within/,
  },
  {
    name: 'frames of another window are taken',
    replacements: [{ from: 'sender === contents && senderFrame', to: 'senderFrame' }],
    check: '17: the sender of every message is checked',
    says: /another window/,
  },
  {
    name: 'the scheme bypasses the policy',
    replacements: [{ from: 'supportFetchAPI: true', to: 'supportFetchAPI: true, bypassCSP: true' }],
    check: '18: a scheme of its own, and no files',
    says: /more privileges/,
  },
  {
    name: 'another key beside the bridge',
    replacements: [
      {
        from: 'electron.contextBridge.exposeInMainWorld("sightline"',
        to: 'electron.contextBridge.exposeInMainWorld("more", {});\nelectron.contextBridge.exposeInMainWorld("sightline"',
      },
    ],
    check: '20: the page is given the bridge only',
    says: /more/,
  },
  {
    name: 'spell checking on',
    replacements: [{ from: 'session.setSpellCheckerEnabled(false);', to: '' }],
    check: 'spell checking stays off, and fetches no dictionary',
    says: /./,
  },
  {
    name: 'downloads happen',
    replacements: [{ from: 'session.on("will-download", (event) => event.preventDefault());', to: '' }],
    check: 'nothing is downloaded',
    says: /falsy|false/,
  },
  {
    name: 'WebRTC tells addresses',
    replacements: [{ from: 'contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");', to: '' }],
    check: 'the page’s WebRTC tells no address',
    says: /./,
  },
  {
    name: 'Chromium has a way to the network',
    replacements: [{ from: 'mode: "fixed_servers"', to: 'mode: "direct"' }],
    check: 'Chromium has no way to the network',
    says: /direct/,
  },
]
