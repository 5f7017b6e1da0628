// Chromium knows no scheme of the app's own, so `app://sightline/…` is `http://sightline.app.localhost/…` in the window:
// an origin of its own, and one that counts as secure. The app and its page never see the difference, but in `location`.

const schemes = new Set<string>()

/** To be called when the app answers a scheme. */
export function knowScheme(scheme: string): void {
  schemes.add(scheme)
}

/** An address as Chromium is given it. */
export function toChromium(url: string): string {
  return url.replace(
    /^(blob:)?([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/,
    (whole, blob: string = '', scheme: string, host: string) =>
      schemes.has(scheme) ? `${blob}http://${host}.${scheme}.localhost` : whole,
  )
}

/** An address as the app knows it. */
export function fromChromium(url: string): string {
  return url.replace(
    /^(blob:)?http:\/\/([^/?#]*)\.([a-z]+)\.localhost/,
    (whole, blob: string = '', host: string, scheme: string) =>
      schemes.has(scheme) ? `${blob}${scheme}://${host}` : whole,
  )
}
