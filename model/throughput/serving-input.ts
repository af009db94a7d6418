import { z } from 'zod'
import { GpuField } from '../gpu-field.ts'
import { ConfigField, NamedModelField } from '../model-field.ts'
import { PrecisionField } from '../precision.ts'
import { invalid } from '../problem.ts'
import { engines } from './constants.ts'

const degree = (title: string, description: string) =>
  z.number().int().positive().max(4096).meta({ title, description, 'x-unit': 'GPU' })

/** How requests arrive. */
export const loads = ['closed-loop', 'open-loop', 'offline', 'static-batch', 'single'] as const

/** What may be stated beyond the arguments of a cell: each by itself, or all in `options`. */
const optionFields = {
  tensorParallel: degree('Tensor parallelism', 'GPUs that share each layer'),
  pipelineParallel: degree('Pipeline parallelism', 'Stages that the layers are cut into'),
  dataParallel: degree('Data parallelism', 'Copies of the attention inside one mixture of experts'),
  kvPrecision: PrecisionField.meta({
    title: 'KV precision',
    description: 'Storage of the KV cache; an engine keeps 16 bits unless told otherwise',
  }),
  engine: z.enum(engines).meta({ title: 'Engine', description: 'Serving engine' }),
  lengths: z.enum(['fixed', 'uniform', 'trace']).meta({
    title: 'Lengths',
    description:
      'fixed: all requests alike, so that they stay in waves; uniform: they vary a little; trace: as widely as in real traffic',
  }),
  load: z.enum(loads).meta({
    title: 'Load',
    description:
      'closed-loop: clients that wait for their answer; open-loop: requests that come at a rate, whoever waits; offline: all requests queued at once; static-batch: one batch from start to end; single: one request at a time',
  }),
  expertParallel: degree('Expert parallelism', 'GPUs that the experts of a layer are spread over whole'),
  engineVersion: z
    .string()
    .regex(/^v?\d+\.\d+/)
    .max(40)
    .meta({
      title: 'Engine version',
      description: 'Its release, such as 0.19.0',
    }),
  softwareDate: z.iso.date().meta({
    title: 'Software date',
    description: "Day of the software, in place of its version: the engine's newest measured release of then",
  }),
  requestsPerSecond: z.number().positive().max(1e6).meta({
    title: 'Requests a second',
    description: 'Of the whole deployment, in an open loop',
    'x-unit': 'request/second',
  }),
  cachedInputRatio: z.number().min(0).max(1).meta({
    title: 'Cached input',
    description:
      'Share of the input that a prefix cache answers, so that it needs no prefill; none where left out',
    'x-unit': 'ratio',
  }),
  draftTokens: z.number().int().min(0).max(16).meta({
    title: 'Draft tokens',
    description: 'Tokens that speculative decoding proposes in each step; none where left out',
    'x-unit': 'token',
  }),
  draftAcceptance: z.number().min(0).max(1).meta({
    title: 'Draft acceptance',
    description: 'Chance that a proposed token is kept, given that those before it were',
    'x-unit': 'ratio',
  }),
  disaggregated: z.boolean().meta({
    title: 'Disaggregated',
    description: 'Prefill and decode on GPUs of their own: refused where true, since no fit covers it',
  }),
  adapters: z.number().int().min(0).max(10_000).meta({
    title: 'Adapters',
    description: 'Distinct LoRA adapters in a batch: refused above 0, since no measurement has any',
    'x-unit': 'count',
  }),
}

/** An option as a field of its own, which a cell leaves out. */
const beside = <Field extends z.ZodType>(field: Field) =>
  field.optional().meta({ ...field.meta(), id: undefined, 'x-apiOnly': true })

const Options = z.strictObject(optionFields).partial()
export type ServingOptions = z.output<typeof Options>

const tokens = z.number().positive().max(1e7)

/** The input of `throughput`, `tpot` and `ttft`, in the order of a cell's arguments. */
export const ServingInput = z.strictObject({
  model: NamedModelField.optional(),
  gpu: GpuField,
  gpuCount: z.number().int().positive().max(100_000).optional().meta({
    title: 'GPUs',
    description: 'Of the whole deployment; the fewest on which it fits where left out',
    'x-unit': 'GPU',
  }),
  precision: PrecisionField.optional().meta({
    title: 'Precision',
    description: 'Storage of the weights; the one they are published in where left out',
  }),
  inputTokens: tokens.default(1024).meta({
    title: 'Input tokens',
    description: 'Mean length of a prompt',
    'x-unit': 'token',
  }),
  outputTokens: tokens.default(256).meta({
    title: 'Output tokens',
    description: 'Mean length of an answer',
    'x-unit': 'token',
  }),
  concurrency: z.number().positive().max(1e7).default(32).meta({
    title: 'Concurrency',
    description: 'Requests in flight in the whole deployment; follows from the rate in an open loop',
    'x-unit': 'request',
  }),
  options: Options.optional().meta({
    title: 'Options',
    description: `Further fields by name: ${Object.keys(optionFields).join(', ')}`,
  }),
  config: ConfigField.optional(),
  tensorParallel: beside(optionFields.tensorParallel),
  pipelineParallel: beside(optionFields.pipelineParallel),
  dataParallel: beside(optionFields.dataParallel),
  kvPrecision: beside(optionFields.kvPrecision),
  engine: beside(optionFields.engine),
  lengths: beside(optionFields.lengths),
  load: beside(optionFields.load),
  expertParallel: beside(optionFields.expertParallel),
  engineVersion: beside(optionFields.engineVersion),
  softwareDate: beside(optionFields.softwareDate),
  requestsPerSecond: beside(optionFields.requestsPerSecond),
  cachedInputRatio: beside(optionFields.cachedInputRatio),
  draftTokens: beside(optionFields.draftTokens),
  draftAcceptance: beside(optionFields.draftAcceptance),
  disaggregated: beside(optionFields.disaggregated),
  adapters: beside(optionFields.adapters),
})
export type ServingInput = z.output<typeof ServingInput>

/** The options of an input, wherever they stand. @throws InputProblem for one that is stated twice, differently. */
export function optionsOf(input: ServingInput): ServingOptions {
  const beside = Object.fromEntries(
    Object.entries(input).filter(([name, value]) => name in optionFields && value !== undefined),
  )
  for (const [name, value] of Object.entries(input.options ?? {})) {
    if (beside[name] !== undefined && beside[name] !== value) {
      throw invalid(`options.${name}`, `options.${name}: ${value} contradicts ${name} ${beside[name]}.`)
    }
  }
  return { ...input.options, ...beside }
}
