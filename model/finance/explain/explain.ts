import { z } from 'zod'
import { calculation } from '../../calculation.ts'
import { restWords, valueWords } from './answer-words.ts'
import { GivenAnswer } from './given-answer.ts'
import { told } from './tellers.ts'

export const explain = calculation({
  id: 'explain',
  title: 'Explanation',
  summary:
    'Any answer of any calculation in the sentences that a finance lead would say, with the numbers in them',
  formula: 'the verdict, what most of it is, how sure it is, what would change it, and what it rests on',
  sheet: false,
  input: z.strictObject({ answer: GivenAnswer }),
  output: z.strictObject({
    headline: z.string().meta({ title: 'Headline' }),
    sentences: z.array(z.string()).meta({ title: 'Sentences, the headline first' }),
  }),
  sources: [],
  examples: [
    {
      title: 'The cost of power, as power-cost answers it',
      input: { answer: { id: 'power-cost', value: 1065.8, unit: 'USD', result: { usd: 1065.8 } } },
      value: 'Power cost: $1,066.',
    },
  ],
  compute({ answer }) {
    const sentences = [...(told(answer.result) ?? valueWords(answer)), ...restWords(answer)]
    const [headline = ''] = sentences
    return { result: { headline, sentences }, value: headline, unit: null, breakdown: [] }
  },
})
