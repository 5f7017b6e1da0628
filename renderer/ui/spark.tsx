/** A short history of figures, the newest marked. Decoration: the newest figure stands beside it. */
export function Spark({ values }: { readonly values: readonly number[] }) {
  if (values.length < 2) return null
  const most = Math.max(...values)
  const least = Math.min(...values)
  const points = values.map((value, at) => ({
    x: 2 + (at / (values.length - 1)) * 50,
    y: 13 - ((value - least) / Math.max(1, most - least)) * 10,
  }))
  const end = points.at(-1)
  return (
    <svg className="spark" viewBox="0 0 56 16" aria-hidden="true">
      <polyline points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
      {end === undefined ? null : <circle cx={end.x} cy={end.y} r="1.8" />}
    </svg>
  )
}
