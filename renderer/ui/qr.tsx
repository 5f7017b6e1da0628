import encodeQR from 'qr'

// Light squares round the dark ones; the figure's own margin adds the rest of the quiet zone cameras want.
const QUIET_SQUARES = 2

/** One path over all dark squares, a run of them in one stroke. */
function darkSquares(text: string): { readonly path: string; readonly edge: number } {
  const squares = encodeQR(text, 'raw', { border: QUIET_SQUARES, ecc: 'low' })
  let path = ''
  squares.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`
    }
  })
  return { path, edge: squares.length }
}

/** A text as a picture for another device's camera. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, edge } = darkSquares(text)
  return (
    <figure className="qr">
      <svg viewBox={`0 0 ${edge} ${edge}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={path} fill="#000000" />
      </svg>
    </figure>
  )
}
