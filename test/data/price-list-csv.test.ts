import { expect, test } from 'vitest'
import { parsePriceList } from '../../data/price-list-csv.ts'

test('a byte order mark is no part of the first column', () => {
  const { entries } = parsePriceList('\ufeff"kind","seller","percentOff"\ndiscount,azure,5\n', 'point')
  expect(entries).toEqual([{ kind: 'discount', seller: 'azure', percentOff: 5 }])
})

test('lines are counted as an editor does, blank ones and those inside quotes too', () => {
  const text = 'kind,seller,percentOff\n\n"discount","azu\nre",5\n\ndiscount,aws,5\n'
  expect(parsePriceList(text, 'point').lines).toEqual([4, 6])
})
