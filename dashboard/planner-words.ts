import type { Complaint } from '../model/problem.ts'

/** What the page asks of the planner. */
export type Asked =
  | { readonly what: 'calculate'; readonly id: string; readonly input: unknown; readonly today: string }
  | { readonly what: 'profile'; readonly text: string }
  | { readonly what: 'header'; readonly file: Blob }
  | { readonly what: 'names'; readonly today: string }

/** What the planner answers: a value, or what is wrong with the question. */
export type Told = { readonly value: unknown } | { readonly complaints: readonly Complaint[] }
