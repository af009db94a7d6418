import type { HeldOut } from './cross-validation.ts'

const [side, margin] = [360, 44]

/** Predicted against measured, both in logarithms, as an SVG: on the diagonal the prediction is right. */
export function scatter({
  title,
  heldOut,
  quantity,
}: {
  title: string
  heldOut: readonly HeldOut[]
  quantity: number
}): string {
  const points = heldOut.map(
    ({ observation, predicted }) =>
      [observation.measured[quantity] ?? 0, predicted[quantity] ?? 0].map((value) => value / Math.LN10) as [
        number,
        number,
      ],
  )
  const low = Math.floor(Math.min(...points.flat()))
  const high = Math.ceil(Math.max(...points.flat()))
  const x = (value: number) => (margin + ((value - low) / (high - low)) * (side - 2 * margin)).toFixed(1)
  const y = (value: number) =>
    (side - margin - ((value - low) / (high - low)) * (side - 2 * margin)).toFixed(1)
  const decades = Array.from({ length: high - low + 1 }, (_, index) => low + index)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" role="img" aria-label="${title}: predicted against measured" font-family="sans-serif" font-size="11">`,
    `<text x="${margin}" y="20" font-weight="bold">${title}</text>`,
    `<text x="${side / 2}" y="${side - 8}" text-anchor="middle">measured</text>`,
    `<text x="12" y="${side / 2}" text-anchor="middle" transform="rotate(-90 12 ${side / 2})">predicted</text>`,
    ...decades.map(
      (decade) =>
        `<path d="M${x(decade)} ${y(low)}V${y(high)}M${x(low)} ${y(decade)}H${x(high)}" stroke="#ddd"/><text x="${x(decade)}" y="${side - margin + 14}" text-anchor="middle">${label(decade)}</text><text x="${margin - 4}" y="${y(decade)}" text-anchor="end">${label(decade)}</text>`,
    ),
    `<path d="M${x(low)} ${y(low)}L${x(high)} ${y(high)}" stroke="#555"/>`,
    ...points.map(
      ([measured, predicted]) =>
        `<circle cx="${x(measured)}" cy="${y(predicted)}" r="1.6" fill="#1f6feb" fill-opacity="0.45"/>`,
    ),
    '</svg>',
  ].join('\n')
}

const label = (decade: number): string => String(Number((10 ** decade).toPrecision(1)))
