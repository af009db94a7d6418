import type { Case } from '../case.ts'

export const houseCases: readonly Case[] = [
  {
    name: 'health names the dataset and the day of its prices',
    path: '/health',
    status: 200,
    type: 'application/json',
    says: ['"status":"ok"', '"dataset":{"version":"', '"pricesAsOf":"20'],
  },
  { name: 'ready', path: '/ready', status: 200, says: ['"status":"ready"'] },
  {
    name: 'no file of that name',
    path: '/static/nothing.css',
    status: 404,
    type: 'application/problem+json',
  },
  { name: 'no way out of the folder', path: '/static/..%2F..%2Fpackage.json', status: 404 },
]
