import { z } from 'zod'
import { GpuField } from '../../gpu-field.ts'
import { HOURS_PER_MONTH, MONTHS_PER_YEAR, WEEKS_PER_YEAR } from '../../units.ts'
import type { CaseLine } from '../case-lines.ts'
import { figureFields } from './figure.ts'
import { type OwningFigure, type OwningLine, owningFigures, owningLines } from './owning-figures.ts'

export const Owning = z
  .strictObject({
    gpu: GpuField,
    gpuCount: z
      .number()
      .int()
      .min(1)
      .max(1e6)
      .meta({ title: 'GPUs', description: 'Whole GPUs, spares of the plan included', 'x-unit': 'GPU' }),
    serverCount: z.number().int().min(1).max(1e6).optional().meta({
      title: 'Servers',
      description: 'Without it, one for eight GPUs',
      'x-unit': 'server',
    }),
    acquisition: z
      .enum(['buy', 'rent'])
      .default('buy')
      .meta({ title: 'Acquisition', description: 'Buy the servers, or rent the GPUs by the hour' }),
    switchedOff: z
      .array(z.enum(owningLines))
      .default([])
      .meta({ title: 'Switched off', description: 'Lines that this option does not have' }),
    lifeYears: z.number().int().min(1).max(40).default(5).meta({
      title: 'Life',
      description: 'Years over which the servers are written off; large operators book 5 to 6',
      'x-unit': 'year',
    }),
    ...figureFields(owningFigures),
  })
  .meta({
    title: 'Owning',
    description: 'All lines of a copy of the weights on GPUs of one’s own choice; defaults are cited',
  })
export type Owning = z.output<typeof Owning>

/** An owning option in which every figure that a line needs is known. */
export interface OwningPlan extends Readonly<Record<OwningFigure, number>> {
  readonly gpuCount: number
  readonly acquisition: Owning['acquisition']
  readonly lifeYears: number
  /** Of the rent, at each anniversary. */
  readonly rentChangePerYear: number
  readonly off: ReadonlySet<OwningLine>
}

type Maker = (plan: OwningPlan, months: number) => CaseLine | null

const purchaseUsd = ({ gpuCount, usdPerGpu }: OwningPlan): number => gpuCount * usdPerGpu

const recurring = (name: string, usdPerMonth: number): CaseLine => ({
  kind: 'recurring',
  name,
  usdPerMonth,
  fromMonth: 1,
})
const once = (name: string, usd: number, month: number): CaseLine => ({ kind: 'once', name, usd, month })
const bought = (name: string, usd: number, resaleUsd: number, lifeYears: number): CaseLine => ({
  kind: 'purchase',
  name,
  usd,
  resaleUsd,
  month: 0,
  accounting: 'capex',
  lifeYears,
  depreciation: 'straight-line',
  taxDepreciation: 'as-in-the-accounts',
})

/** Before the first model and each that follows; once where models are not replaced. */
const eachModel = (name: string, usd: number, { modelLifeMonths, off }: OwningPlan): CaseLine =>
  off.has('replacement')
    ? once(name, usd, 1)
    : { kind: 'periodic', name, usd, everyMonths: wholeMonths(modelLifeMonths), firstMonth: 1 }

export const wholeMonths = (months: number): number => Math.max(1, Math.round(months))

/**
 * One maker for each line. Amounts are of the first year; the case's inflation and rent trends do the rest.
 *
 *   power        = gpuCount × kilowattsPerGpu × powerUsageEffectiveness × hours of a month × usdPerKwh
 *   evaluation   = evaluationHours × evaluationUsdPerHour + judgeMillionTokens × judgeUsdPerMillionTokens + redTeamUsd
 *   expected loss = lossProbabilityPerYear × what it costs to replace the servers
 */
const makers: Readonly<Record<OwningLine, readonly Maker[]>> = {
  servers: [
    (plan) =>
      plan.acquisition === 'rent'
        ? {
            kind: 'gpu-rent',
            name: 'servers',
            gpuCount: plan.gpuCount,
            usdPerGpuHour: plan.usdPerGpuHour,
            hoursPerMonth: HOURS_PER_MONTH,
            changePerYear: plan.rentChangePerYear,
            fromMonth: 1,
          }
        : bought('servers', purchaseUsd(plan), purchaseUsd(plan) * plan.resaleRatio, plan.lifeYears),
  ],
  installation: [(plan) => bought('installation', purchaseUsd(plan) * plan.installRatio, 0, plan.lifeYears)],
  network: [(plan) => bought('network', purchaseUsd(plan) * plan.networkRatio, 0, plan.lifeYears)],
  storage: [(plan) => recurring('storage', plan.checkpointGb * plan.storedCopies * plan.usdPerGbMonth)],
  power: [
    (plan) =>
      recurring(
        'power',
        plan.gpuCount *
          plan.kilowattsPerGpu *
          plan.powerUsageEffectiveness *
          HOURS_PER_MONTH *
          plan.usdPerKwh,
      ),
  ],
  colocation: [
    (plan) =>
      recurring('colocation', plan.gpuCount * plan.kilowattsPerGpu * plan.colocationUsdPerKilowattMonth),
  ],
  spares: [(plan) => recurring('spares', (purchaseUsd(plan) * plan.sparesRatioPerYear) / MONTHS_PER_YEAR)],
  software: [(plan) => recurring('software', (plan.gpuCount * plan.softwareUsdPerGpuYear) / MONTHS_PER_YEAR)],
  support: [(plan) => recurring('support', (purchaseUsd(plan) * plan.supportRatioPerYear) / MONTHS_PER_YEAR)],
  staff: [
    (plan) => ({
      kind: 'staff',
      name: 'staff',
      fullTimeEquivalents: plan.fullTimeEquivalents,
      usdPerYear: plan.usdPerYear,
      headcountGrowthPerYear: 0,
      fromMonth: 1,
    }),
  ],
  'on-call': [(plan) => recurring('on call', (plan.onCallUsdPerWeek * WEEKS_PER_YEAR) / MONTHS_PER_YEAR)],
  custody: [
    (plan) => recurring('custody', plan.custodyUsdPerMonth),
    (plan) => eachModel('scanning of checkpoints', plan.scanUsdPerCheckpoint, plan),
  ],
  'security-review': [
    (plan) => ({
      kind: 'periodic',
      name: 'security review',
      usd: plan.securityReviewUsd,
      everyMonths: MONTHS_PER_YEAR,
      firstMonth: 1,
    }),
  ],
  evaluation: [
    (plan) =>
      eachModel(
        'evaluation',
        plan.evaluationHours * plan.evaluationUsdPerHour +
          plan.judgeMillionTokens * plan.judgeUsdPerMillionTokens +
          plan.redTeamUsd,
        plan,
      ),
    (plan) => recurring('monitoring', plan.monitoringUsdPerMonth),
  ],
  'fine-tuning': [(plan) => eachModel('fine-tuning', plan.fineTuningUsd, plan)],
  replacement: [
    (plan, months) => replaced('replacement of the model', plan.replacementUsd, plan.modelLifeMonths, months),
  ],
  migration: [(plan) => once('migration', plan.migrationUsd, 0)],
  exit: [(plan, months) => once('exit', plan.exitUsd, months)],
  'expected-loss': [
    (plan) => recurring('expected loss', (plan.lossProbabilityPerYear * purchaseUsd(plan)) / MONTHS_PER_YEAR),
  ],
  egress: [(plan) => recurring('egress', plan.egressGbPerMonth * plan.egressUsdPerGb)],
}

/** What comes at the end of each model's life, if any ends within the horizon. */
export function replaced(name: string, usd: number, lifeMonths: number, months: number): CaseLine | null {
  const everyMonths = wholeMonths(lifeMonths)
  const firstMonth = everyMonths + 1
  return firstMonth > months ? null : { kind: 'periodic', name, usd, everyMonths, firstMonth }
}

/** The lines of an owning option over a horizon. */
export function owningCaseLines(plan: OwningPlan, months: number): CaseLine[] {
  const lines: CaseLine[] = []
  for (const line of owningLines) {
    if (plan.off.has(line)) continue
    for (const make of makers[line]) {
      const made = make(plan, months)
      if (made !== null) lines.push(made)
    }
  }
  return lines
}
