import { z } from 'zod'

const usd = (title: string, description: string) =>
  z.number().min(0).max(1e12).meta({ title, description, 'x-unit': 'USD' })
const usdPerMonth = (title: string, description: string) =>
  z.number().min(0).max(1e12).meta({ title, description, 'x-unit': 'USD/month' })
const usdPerMillion = (title: string, description: string) =>
  z.number().min(0).max(1e6).meta({ title, description, 'x-unit': 'USD/million tokens' })
const tokens = (title: string, description: string) =>
  z.number().min(0).max(1e9).meta({ title, description, 'x-unit': 'token' })
const millionTokens = (title: string, description: string) =>
  z.number().min(0).max(1e9).meta({ title, description, 'x-unit': 'million tokens' })
const ratio = (title: string, description: string) =>
  z.number().min(0).max(1).meta({ title, description, 'x-unit': 'ratio' })
const cases = (title: string, description: string) =>
  z.number().int().min(0).max(1e9).optional().meta({ title, description, 'x-unit': 'count' })
const months = (title: string, description: string) =>
  z.number().int().min(1).max(600).meta({ title, description, 'x-unit': 'month' })

const common = {
  name: z.string().min(1).max(100).meta({ title: 'Name', description: 'What the way is called' }),
  onceUsd: usd('Once', 'Engineering of the way itself'),
  successRatio: ratio('Success', 'Share of tasks that succeed; or give passes and cases').optional(),
  passes: cases('Passes', 'Cases of your own evaluation that passed'),
  cases: cases('Cases', 'Cases of your own evaluation; evaluation reads them from a CSV'),
}

/** Ways of changing what a model does, each with the costs that only it has. */
export const Way = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('as-it-is'), ...common }),
    z.strictObject({
      kind: z.literal('prompting'),
      ...common,
      addedInputTokens: tokens('Added input', 'Instructions and examples in every request'),
      cachedRatio: ratio('Cached', 'Share of the added input that is read from a cache').default(0),
    }),
    z.strictObject({
      kind: z.literal('retrieval'),
      ...common,
      addedInputTokens: tokens('Added input', 'Passages that are put before every request'),
      corpusMillionTokens: millionTokens('Corpus', 'Tokens that are embedded and indexed'),
      corpusRefreshesPerMonth: z.number().min(0).max(1000).meta({
        title: 'Refreshes',
        description: 'How often a month the whole corpus is embedded again; 0.1 is a tenth of it each month',
        'x-unit': 'count',
      }),
      queryTokens: tokens('Query', 'Tokens of each request that are embedded'),
      embeddingUsdPerMillionTokens: usdPerMillion('Embedding', 'Price of embedding'),
      indexGb: z
        .number()
        .min(0)
        .max(1e9)
        .meta({ title: 'Index', description: 'Vectors and text as stored', 'x-unit': 'GB' }),
      indexUsdPerGbMonth: usdPerMonth('Storage', 'One GB of the index for a month'),
    }),
    z.strictObject({
      kind: z.literal('fine-tuning'),
      ...common,
      dataUsd: usd('Data', 'Collecting and labelling, for each model'),
      trainingUsd: usd('Training', 'For each model; training gives the GPU hours'),
      evaluationUsd: usd('Evaluation', 'Before each tuned model is used'),
      modelLifeMonths: months('Life', 'Months until the base is replaced and the tuning is done again'),
      hostingUsdPerMonth: usdPerMonth('Hosting', 'Of the tuned model or adapter').default(0),
      savedInputTokens: tokens('Saved input', 'Instructions that requests no longer need').default(0),
      usdPerMillionInput: usdPerMillion(
        'Input price',
        'Of the tuned model; else that of the base',
      ).optional(),
      usdPerMillionOutput: usdPerMillion(
        'Output price',
        'Of the tuned model; else that of the base',
      ).optional(),
    }),
  ])
  .meta({ title: 'Way', description: 'as-it-is, prompting, retrieval or fine-tuning' })
export type Way = z.output<typeof Way>

export const AdaptationInput = z.strictObject({
  requestsPerMonth: z.number().positive().max(1e12).meta({
    title: 'Requests',
    description: 'Tasks tried in a month',
    'x-unit': 'request/month',
  }),
  inputTokens: tokens('Input', 'Of a request to the model as it is'),
  outputTokens: tokens('Output', 'Of an answer'),
  usdPerMillionInput: usdPerMillion('Input price', 'Of the base model'),
  usdPerMillionOutput: usdPerMillion('Output price', 'Of the base model'),
  ways: z
    .array(Way)
    .min(1)
    .max(10)
    .meta({ title: 'Ways', description: 'Set side by side, each with its own success rate' }),
  usdPerMillionCachedInput: usdPerMillion(
    'Cached input price',
    'Needed where a way reads from a cache',
  ).optional(),
  months: months('Horizon', 'Over which what is paid once is spread').default(12),
  maximumAttempts: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .meta({ title: 'Attempts', description: 'Before a task is escalated or given up', 'x-unit': 'count' }),
  escalationUsd: usd('Escalation', 'What a person or another model takes for a task that failed').optional(),
})
export type AdaptationInput = z.output<typeof AdaptationInput>

const perMonth = (title: string) => z.number().meta({ title, 'x-unit': 'USD/month' })
const share = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'ratio' })

export const AdaptationResult = z.strictObject({
  cheapest: z
    .string()
    .nullable()
    .meta({ title: 'Way with the cheapest successful task; null where none succeeds' }),
  ways: z.array(
    z.strictObject({
      name: z.string().meta({ title: 'Name' }),
      kind: z.string().meta({ title: 'Kind' }),
      lines: z.array(
        z.strictObject({ name: z.string().meta({ title: 'Line' }), usdPerMonth: perMonth('Cost') }),
      ),
      usdPerMonth: perMonth('Cost a month, one attempt each'),
      usdPerAttempt: z.number().meta({ title: 'Cost of an attempt', 'x-unit': 'USD' }),
      successRatio: z.number().meta({ title: 'Attempts that succeed', 'x-unit': 'ratio' }),
      lowSuccessRatio: share('At least, with 95% confidence'),
      highSuccessRatio: share('At most, with 95% confidence'),
      usdPerSuccess: z
        .number()
        .nullable()
        .meta({ title: 'Cost of a successful task; null where none succeeds', 'x-unit': 'USD' }),
      breakEvenSuccessRatio: share(
        'Success at which it costs what the best of the others does; null where none is',
      ),
    }),
  ),
})
