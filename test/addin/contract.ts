import { readFileSync } from 'node:fs'
import type { Parameter } from '../../addin/functions/sheet-function.ts'
import { sheetFunctions } from '../../addin/functions/sheet-functions.ts'

/** What workbooks out there rely on: names, the order and necessity of arguments, the names to choose from. */
export interface Contract {
  readonly functions: Readonly<Record<string, readonly string[]>>
  /** By function and argument: `MEMORY.precision`. */
  readonly choices: Readonly<Record<string, string>>
}

export const contractPath = 'test/addin/contract.json'
export const publishedContract = (): Contract => JSON.parse(readFileSync(contractPath, 'utf8'))

export const currentContract = (): Contract => ({
  functions: Object.fromEntries(
    sheetFunctions.map(({ name, parameters }) => [name, parameters.map(argumentOf)]),
  ),
  choices: Object.fromEntries(
    sheetFunctions.flatMap(({ name, parameters }) =>
      parameters.flatMap((parameter) =>
        parameter.choices ? [[`${name}.${parameter.name}`, parameter.choices.names.join(' ')]] : [],
      ),
    ),
  ),
})

const argumentOf = ({ name, optional, repeating, range }: Parameter): string =>
  `${optional ? `[${name}]` : name}${range ? ' range' : ''}${repeating ? ' …' : ''}`

/**
 * What has changed that may only grow. A function gains arguments at its end, and only optional ones; a needed one
 * may become optional; choices are added.
 */
export function broken(published: Contract, now: Contract): string[] {
  const functions = Object.entries(published.functions).flatMap(([name, before]) => {
    const after = now.functions[name]
    if (!after) return [`WEIGHTS.${name} is gone.`]
    const moved = before.filter(
      (argument, place) => after[place] !== argument && after[place] !== `[${argument}]`,
    )
    const added = after.slice(before.length).filter((argument) => !argument.startsWith('['))
    return [
      ...moved.map((argument) => `WEIGHTS.${name}: ${argument} is not where it was.`),
      ...added.map((argument) => `WEIGHTS.${name}: ${argument} is new and must be optional.`),
    ]
  })
  const choices = Object.entries(published.choices).flatMap(([argument, before]) => {
    const after = new Set(now.choices[argument]?.split(' '))
    const gone = before.split(' ').filter((name) => !after.has(name))
    return gone.map((name) => `${argument}: ${name} is gone.`)
  })
  return [...functions, ...choices]
}
