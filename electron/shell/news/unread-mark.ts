/** The mark over the icon in the task bar of Windows: side in pixels. */
export const UNREAD_MARK_SIDE = 32

// Brick, the one colour that stands out on the petrol of the icon; `--stop` of tokens.css in the light theme.
const RED = 0xa5
const GREEN = 0x2f
const BLUE = 0x26

/** A disc with a smooth edge, as the bytes blue, green, red, opacity of each pixel. Colours are weighted with the opacity. */
export function unreadMark(side = UNREAD_MARK_SIDE): Buffer {
  const pixels = Buffer.alloc(side * side * 4)
  const middle = (side - 1) / 2
  const radius = side * 0.42
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const covered = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - middle, y - middle)))
      pixels.set([BLUE * covered, GREEN * covered, RED * covered, 255 * covered].map(Math.round), (y * side + x) * 4)
    }
  }
  return pixels
}
