import type { Plan } from '../../model/compare/plan.ts'
import { countText, numberText } from '../../model/format.ts'
import { MINUTES_PER_HOUR, SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../model/units.ts'
import { colourOf, type Picture } from './picture.ts'

/** Output tokens a second in each recorded minute. */
function ratesOf({ result: { asked } }: Plan): number[] {
  const { workload } = asked
  if (workload.from !== 'profile') return []
  return workload.profile.minutes.outputTokens.map((tokens) => tokens / SECONDS_PER_MINUTE)
}

/** What the fleet of each own option makes at full speed. */
const fleets = ({ result: { comparison } }: Plan) =>
  comparison.options.flatMap(({ name, place, hardware }) =>
    hardware ? [{ name, place, perSecond: hardware.outputTokensPerSecond }] : [],
  )

export const minutesAgainstCapacity: Picture = {
  id: 'minutes-against-capacity',
  title: ({ answer }) =>
    ratesOf(answer).length < 2 ? null : 'Output of each recorded minute against what the fleets can make',
  table: ({ answer }) => ({
    columns: ['Minute', 'Output tokens a second', ...fleets(answer).map(({ name }) => `At most, ${name}`)],
    rows: ratesOf(answer).map((rate, minute) => [
      String(minute + 1),
      countText(rate),
      ...fleets(answer).map(({ perSecond }) => countText(perSecond)),
    ]),
  }),
  chart({ answer }, palette) {
    const rates = ratesOf(answer)
    const isHours = rates.length * SECONDS_PER_MINUTE > 2 * SECONDS_PER_HOUR
    return {
      type: 'line',
      data: {
        labels: rates.map((_, minute) =>
          isHours ? numberText(minute / MINUTES_PER_HOUR) : String(minute + 1),
        ),
        datasets: [
          {
            label: 'Traffic',
            data: rates,
            borderColor: palette.ink,
            backgroundColor: `${palette.ink}22`,
            fill: true,
            stepped: true,
            borderWidth: 1.5,
            pointRadius: 0,
          },
          ...fleets(answer).map(({ name, place, perSecond }) => ({
            label: `At most: ${name}`,
            data: rates.map(() => perSecond),
            borderColor: colourOf(palette, place),
            backgroundColor: colourOf(palette, place),
            borderDash: [6, 3],
            borderWidth: 2,
            pointRadius: 0,
          })),
        ],
      },
      options: {
        scales: {
          x: {
            grid: { display: false },
            title: { display: true, text: isHours ? 'hours from the first request' : 'minute' },
          },
          y: {
            beginAtZero: true,
            grid: { color: palette.line },
            title: { display: true, text: 'output tokens a second' },
            ticks: { callback: (value) => countText(Number(value)) },
          },
        },
      },
    }
  },
}
