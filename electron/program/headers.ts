/** Stands in index.html where the nonce of each answer goes; the build writes it there (renderer/vite.config.ts, html.cspNonce). */
export const NONCE_PLACE = '__CSP_NONCE__'

/** What every answer of this server carries. With a nonce the page's own inserted styles are allowed too. */
export function securityHeaders(nonce?: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    nonce === undefined ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    // People show each other invites as a picture; the page asks for the camera only when somebody wants to read one.
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
    'cache-control': 'no-store',
  }
}
