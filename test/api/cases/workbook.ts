import { type Case, posted } from '../case.ts'

const path = '/v1/workbook'
const plan = {
  model: 'openai/gpt-4o',
  seller: 'openai',
  workload: {
    from: 'tokens',
    tokensPerMonth: 2_000_000,
    inputTokensPerRequest: 1000,
    outputTokensPerRequest: 1000,
  },
}
const problem = { type: 'application/problem+json', status: 422 }

export const workbookCases: readonly Case[] = [
  {
    name: 'a plan as a workbook',
    path,
    ...posted(JSON.stringify({ plan })),
    status: 200,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    says: ['PK', 'xl/worksheets/sheet6.xml'],
  },
  {
    name: 'a dialect that there is not',
    path,
    ...posted(JSON.stringify({ plan, dialect: 'lotus' })),
    ...problem,
    says: ['dialect: \\"lotus\\" is not accepted.'],
  },
  {
    name: 'nothing to make a workbook of',
    path,
    ...posted('{}'),
    ...problem,
    says: ['workload'],
  },
]
