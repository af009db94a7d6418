import { z } from 'zod'

/** Far above anything sold or sent in a month; keeps sums exact to well below a cent. */
const largestUsd = 1e12
const largestTokenCount = 1e18

export const tokenCount = (title: string, description: string) =>
  z.number().nonnegative().max(largestTokenCount).meta({ title, description, 'x-unit': 'token' })

export const usdPerMillionTokens = (title: string, description: string) =>
  z.number().nonnegative().max(1e6).meta({ title, description, 'x-unit': 'USD/million tokens' })

export const usdPerMonth = (title: string, description: string) =>
  z.number().nonnegative().max(largestUsd).meta({ title, description, 'x-unit': 'USD/month' })

export const usd = (title: string, description: string) =>
  z.number().nonnegative().max(largestUsd).meta({ title, description, 'x-unit': 'USD' })

export const positiveRatio = (title: string, description: string) =>
  z.number().positive().max(1).meta({ title, description, 'x-unit': 'ratio' })
