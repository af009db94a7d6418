import { catalog } from '../../../model/catalog.ts'
import type { Case } from '../case.ts'

const html = { status: 200, type: 'text/html' }

export const pageCases: readonly Case[] = [
  {
    name: 'the reference has every calculation',
    path: '/docs',
    ...html,
    says: [
      ...catalog.map(({ id }) => `<section id="${id}" data-entry>`),
      'above 0, at most 1',
      'Fields of <code>options[]</code>',
    ],
  },
  {
    name: 'the accuracy of speed, by class, with pictures',
    path: '/docs/accuracy',
    ...html,
    says: [
      'latent-moe, TPOT',
      '<img src="/static/accuracy/dense-tpot.svg"',
      'model unseen',
      'Rows that are not used',
    ],
  },
  {
    name: 'a picture of predicted against measured',
    path: '/static/accuracy/dense-tpot.svg',
    status: 200,
    type: 'image/svg+xml',
    says: ['predicted against measured'],
  },
  {
    name: 'a problem has a page',
    path: '/problems/invalid-input',
    ...html,
    says: ['The input is not valid'],
  },
  { name: 'a problem that there is not', path: '/problems/constructor', status: 404 },
  {
    name: 'the contract',
    path: '/openapi.json',
    status: 200,
    type: 'application/json',
    says: ['{"openapi":"3.1'],
  },
  {
    name: 'a stylesheet',
    path: '/static/page.css',
    status: 200,
    type: 'text/css',
    says: ['prefers-color-scheme'],
  },
  {
    name: 'a script',
    path: '/static/docs.js',
    status: 200,
    type: 'text/javascript',
    says: ['addEventListener'],
  },
]

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
