import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { withBook } from '../../../../data/price-book.ts'
import { answer, prepare } from '../../../../model/calculation.ts'
import { businessCase } from '../../../../model/finance/business-case.ts'
import { CaseOutput } from '../../../../model/finance/business-case-fields.ts'
import { owningFigures, owningLines } from '../../../../model/finance/lines/owning-figures.ts'
import { rentingFigures, rentingLines } from '../../../../model/finance/lines/renting-figures.ts'
import { InputProblem } from '../../../../model/problem.ts'

const facts = bundledFacts('2026-11-25')
const run = (input: unknown) => answer(businessCase, prepare(businessCase, input), facts)
const terms = { months: 36, discountRatePerYear: 0, volume: { millionTokensPerMonth: 1000 } }
const linesOf = (option: object) => {
  const { result } = run({ ...terms, options: [{ name: 'it', ...option }] })
  const [found] = CaseOutput.parse(result).options
  return Object.fromEntries((found?.lines ?? []).map(({ name, totalUsd }) => [name, totalUsd]))
}
const complaintsOf = (option: object): readonly string[] => {
  try {
    run({ ...terms, options: [{ name: 'it', ...option }] })
  } catch (problem) {
    if (problem instanceof InputProblem) return problem.complaints.map(({ detail }) => detail)
    throw problem
  }
  return []
}

/** What nobody publishes. */
const askedOfOwning = {
  checkpointGb: 140,
  storedCopies: 6,
  custodyUsdPerMonth: 1500,
  scanUsdPerCheckpoint: 800,
  evaluationHours: 120,
  judgeMillionTokens: 40,
  judgeUsdPerMillionTokens: 5,
  monitoringUsdPerMonth: 700,
  fineTuningUsd: 9000,
  exitUsd: 12_000,
  lossProbabilityPerYear: 0.004,
  egressGbPerMonth: 300,
}
const owned = { gpu: 'h100-sxm-80gb', gpuCount: 16, ...askedOfOwning }
const askedOfRenting = {
  outputRatio: 0.2,
  usdPerMillionInput: 2,
  usdPerMillionOutput: 10,
  riseRatio: 0.25,
  dataTermsReviewUsd: 4000,
  evaluationUsd: 6000,
}

describe('owning', () => {
  test('every line, reckoned by hand over three years', () => {
    const given = {
      usdPerGpu: 40_000,
      resaleRatio: 0.3,
      installRatio: 0.05,
      networkRatio: 0.1,
      usdPerGbMonth: 0.02,
      kilowattsPerGpu: 1.3,
      powerUsageEffectiveness: 1.25,
      usdPerKwh: 0.1,
      colocationUsdPerKilowattMonth: 200,
      sparesRatioPerYear: 0.06,
      softwareUsdPerGpuYear: 4500,
      supportRatioPerYear: 0.12,
      fullTimeEquivalents: 1.5,
      usdPerYear: 300_000,
      onCallUsdPerWeek: 300,
      securityReviewUsd: 12_000,
      evaluationUsdPerHour: 150,
      redTeamUsd: 10_000,
      modelLifeMonths: 12,
      replacementUsd: 5000,
      migrationUsd: 7000,
      egressUsdPerGb: 0.09,
    }
    const price = 16 * 40_000
    expect(linesOf({ owning: { ...owned, ...given } })).toEqual(
      Object.fromEntries(
        Object.entries({
          servers: price * 0.7,
          installation: price * 0.05,
          network: price * 0.1,
          storage: 140 * 6 * 0.02 * 36,
          power: 16 * 1.3 * 1.25 * 730 * 0.1 * 36,
          colocation: 16 * 1.3 * 200 * 36,
          spares: price * 0.06 * 3,
          software: 16 * 4500 * 3,
          support: price * 0.12 * 3,
          staff: 1.5 * 300_000 * 3,
          'on call': 300 * 52 * 3,
          custody: 1500 * 36,
          'scanning of checkpoints': 800 * 3,
          'security review': 12_000 * 3,
          evaluation: (120 * 150 + 40 * 5 + 10_000) * 3,
          monitoring: 700 * 36,
          'fine-tuning': 9000 * 3,
          'replacement of the model': 5000 * 2,
          migration: 7000,
          exit: 12_000,
          'expected loss': price * 0.004 * 3,
          egress: 300 * 0.09 * 36,
        }).map(([name, usd]) => [name, expect.closeTo(usd, 6)]),
      ),
    )
  })

  test('each default names its source, and its range or that there is none', () => {
    const { assumptions } = run({ ...terms, options: [{ name: 'own', owning: owned }] })
    const cited = Object.entries(owningFigures).filter(([, { from }]) => !('asked' in from))
    expect(cited.length).toBeGreaterThan(15)
    for (const [name] of cited) {
      const said = assumptions.find(({ field }) => field === `options.0.owning.${name}`)
      expect(said?.value, name).toBeTypeOf('number')
      expect(said?.because, name).toMatch(/between|no range is published/)
      expect(said?.source?.title.length, name).toBeGreaterThan(10)
    }
  })

  test('what nobody publishes is asked for, all of it at once, each with a hint and a way out', () => {
    const complaints = complaintsOf({ owning: { gpu: 'h100-sxm-80gb', gpuCount: 16 } })
    for (const name of Object.keys(askedOfOwning)) {
      const complaint = complaints.find((each) => each.startsWith(`options.0.owning.${name} is missing: `))
      expect(complaint, name).toMatch(/Give it, or put ".+" into switchedOff\.$/)
    }
    expect(complaints).toHaveLength(Object.keys(askedOfOwning).length)
  })

  test.each(owningLines)('%s can be switched off, and then nothing of it is paid or asked for', (line) => {
    const all = linesOf({ owning: owned })
    const without = linesOf({ owning: { ...owned, switchedOff: [line] } })
    expect(Object.keys(without).length).toBeLessThan(Object.keys(all).length)
    for (const [name, usd] of Object.entries(without)) expect(all[name] ?? 0).toBeGreaterThanOrEqual(usd)
    const others = owningLines.filter((other) => other !== line)
    const needed = Object.entries<{ readonly lines: readonly string[]; readonly from: object }>(owningFigures)
      .filter(([, { lines, from }]) => 'asked' in from && lines.includes(line))
      .map(([name]) => name)
      .filter((name) => name !== 'usdPerGpuHour')
    expect(
      complaintsOf({ owning: { gpu: 'h100-sxm-80gb', gpuCount: 16, switchedOff: others } }),
    ).toHaveLength(needed.length)
  })

  test('rented GPUs ask for the rent, and what the landlord bears is no line', () => {
    const rented = { ...owned, acquisition: 'rent' }
    expect(complaintsOf({ owning: rented })).toEqual([
      expect.stringMatching(/usdPerGpuHour is missing: the price book has no rent of it/),
    ])
    const lines = linesOf({ owning: { ...rented, usdPerGpuHour: 3 } })
    expect(lines.servers).toBeCloseTo(16 * 3 * 730 * 36, 6)
    expect(Object.keys(lines)).not.toContain('power')
  })

  test('a resale beyond the published ages is asked for, not guessed', () => {
    const complaint = () => run({ ...terms, months: 60, options: [{ name: 'own', owning: owned }] })
    expect(complaint).toThrow(/resaleRatio is missing: no source states it/)
  })

  test('staff follows the size of the fleet, and never falls below the floor', () => {
    const staff = (gpuCount: number) =>
      run({ ...terms, options: [{ name: 'own', owning: { ...owned, gpuCount } }] }).assumptions.find(
        ({ field }) => field === 'options.0.owning.fullTimeEquivalents',
      )?.value
    expect([staff(1), staff(64), staff(1024)]).toEqual([0.5, 0.5, expect.closeTo(8, 1)])
  })
})

describe('renting', () => {
  const renting = {
    ...askedOfRenting,
    cachedInputRatio: 0.5,
    usdPerMillionCachedInput: 0.2,
    batchRatio: 0.4,
    batchPriceRatio: 0.5,
    failedCallRatio: 0.1,
    gatewayRatio: 0.05,
    riseProbabilityPerYear: 0.2,
    modelLifeMonths: 12,
    deprecationUsd: 5000,
    migrationUsd: 3000,
    exitUsd: 8000,
  }
  const blended = (0.8 * (0.5 * 2 + 0.5 * 0.2) + 0.2 * 10) * (1 - 0.4 * 0.5)
  const tokens = 1000 * blended * 36

  test('every line, reckoned by hand over three years', () => {
    const rise = 0.2 * 0.25
    const expected = {
      tokens,
      'failed calls': tokens * 0.1,
      gateway: tokens * 1.1 * 0.05,
      'expected price rises': 1000 * blended * 1.1 * 12 * (rise + (1 + rise) ** 2 - 1),
      'review of data terms': 4000,
      evaluation: 6000 * 3,
      'forced migrations': 5000 * 2,
      migration: 3000,
      exit: 8000,
    }
    expect(linesOf({ renting })).toEqual(
      Object.fromEntries(Object.entries(expected).map(([name, usd]) => [name, expect.closeTo(usd, 6)])),
    )
  })

  test('a commitment is paid where the tokens take less, and nothing where they take more', () => {
    const alone = { ...renting, switchedOff: ['failed-calls'] }
    const unused = (committedUsdPerMonth: number) =>
      linesOf({ renting: { ...alone, committedUsdPerMonth } })['commitment not used']
    expect(unused(tokens / 36 + 500)).toBeCloseTo(500 * 36, 6)
    expect(unused(tokens / 36 - 500)).toBe(0)
  })

  test('provisioned units are whole, at least the minimum, and carry the peak; the rest pays by the token', () => {
    const provisioned = {
      millionTokensPerUnitHour: 0.1,
      usdPerUnitMonth: 260,
      shareOfVolume: 0.8,
      peakToMean: 2,
      minimumUnits: 15,
      unitStep: 5,
    }
    const lines = linesOf({ renting: { ...renting, provisioned } })
    expect(lines['provisioned units']).toBeCloseTo(25 * 260 * 36, 6)
    expect(lines.tokens).toBeCloseTo(tokens * 0.2, 6)
    const few = linesOf({ renting: { ...renting, provisioned: { ...provisioned, shareOfVolume: 0.1 } } })
    expect(few['provisioned units']).toBeCloseTo(15 * 260 * 36, 6)
  })

  test('units of a term are enough for its busiest month', () => {
    const provisioned = {
      millionTokensPerUnitHour: 1,
      usdPerUnitMonth: 100,
      peakToMean: 1,
      termMonths: 12,
    }
    const { result } = run({
      ...terms,
      volume: { millionTokensPerMonth: 730, growthPerYear: 1 },
      options: [{ name: 'it', renting: { ...renting, provisioned } }],
    })
    const line = CaseOutput.parse(result).options[0]?.lines.find(({ name }) => name === 'provisioned units')
    expect(line?.totalUsd).toBeCloseTo((2 + 4 + 8) * 100 * 12, 6)
  })

  test('what nobody publishes is asked for, all of it at once', () => {
    const missing = complaintsOf({ renting: { outputRatio: 0.2, cachedInputRatio: 0.5 } })
    expect(missing.map((each) => each.split(' ')[0])).toEqual(
      [
        'usdPerMillionInput',
        'usdPerMillionOutput',
        'riseRatio',
        'dataTermsReviewUsd',
        'evaluationUsd',
        'usdPerMillionCachedInput',
      ].map((name) => `options.0.renting.${name}`),
    )
  })

  test.each(rentingLines)('%s can be switched off', (line) => {
    const without = linesOf({ renting: { ...renting, switchedOff: [line] } })
    expect(Object.keys(without)).toHaveLength(Object.keys(linesOf({ renting })).length - 1)
  })

  test('each default names its source, and its range or that there is none', () => {
    const { assumptions } = run({ ...terms, options: [{ name: 'rent', renting: askedOfRenting }] })
    for (const [name, { from }] of Object.entries(rentingFigures)) {
      if ('asked' in from) continue
      const said = assumptions.find(({ field }) => field === `options.0.renting.${name}`)
      expect(said?.because, name).toMatch(/(between|no range is published).*source: /)
      expect(said?.source?.title, name).toBeDefined()
    }
  })
})

describe('prices that the price book has', () => {
  const booked = withBook(facts)
  const asked = (option: object) =>
    answer(
      businessCase,
      prepare(businessCase, { ...terms, options: [{ name: 'it', ...option }], uncertainty: { draws: 100 } }),
      booked,
    )
  const rangeOf = (answered: ReturnType<typeof asked>, name: string) =>
    answered.assumptions.find(({ field }) => field.endsWith(`.${name}`))
  const { usdPerMillionInput: _in, usdPerMillionOutput: _out, ...open } = askedOfRenting
  const model = 'meta-llama/Llama-3.3-70B-Instruct'

  test('fill in what a model and a rented GPU cost, each with its seller, its day and its source', () => {
    const rent = asked({ renting: { ...open, model } })
    expect(rangeOf(rent, 'usdPerMillionInput')?.because).toMatch(/ at .+, checked on \d{4}-\d\d-\d\d/)
    expect(rangeOf(rent, 'usdPerMillionInput')?.source?.title).toBeDefined()
    const own = asked({ owning: { ...owned, acquisition: 'rent' } })
    const rentOfGpu = rangeOf(own, 'usdPerGpuHour')
    expect(rentOfGpu?.value).toBeGreaterThan(0.5)
    expect(rentOfGpu?.because).toMatch(/Checked on .*the high end is the middle of all sellers; between/)
  })

  test('vary between the cheapest and the middle seller, unless one is named', () => {
    const spreadOf = (option: object) => {
      const { uncertainty } = CaseOutput.parse(asked(option).result)
      return uncertainty?.options[0]?.standardDeviationUsd ?? 0
    }
    const certain = { ...open, model, switchedOff: rentingLines.filter((line) => line !== 'tokens') }
    expect(spreadOf({ renting: certain })).toBeGreaterThan(0)
    const seller = rangeOf(asked({ renting: certain }), 'usdPerMillionInput')?.because.match(
      / at (.+?), checked/,
    )?.[1]
    expect(spreadOf({ renting: { ...certain, seller } })).toBe(0)
  })

  test('a model that nobody sells is asked for', () => {
    expect(() => asked({ renting: { ...open, model: 'nobody/nothing' } })).toThrow(
      /usdPerMillionInput is missing: name a model of the price book, or give it/,
    )
  })
})

test('an option without any cost is refused', () => {
  expect(complaintsOf({})).toEqual([expect.stringMatching(/"it" has no cost/)])
})
