import { patient } from '../../data/refresh/fetch-file.ts'
import { type LiveSource, liveSources, mirrored } from '../../data/refresh/live-sources.ts'
import type { Prices } from '../store/prices.ts'
import type { RefreshRun } from '../store/refreshes.ts'
import { refresh } from './refresh.ts'
import type { RefreshSetting } from './setting.ts'

/** The publishers' addresses, or those of the mirror that is set. */
export const sourcesOf = ({ WEIGHBRIDGE_MIRROR: mirror }: RefreshSetting): readonly LiveSource[] =>
  mirror === undefined || mirror === '' ? liveSources : mirrored(liveSources, mirror)

/** Refreshes by the clock and the network of the machine: every source, or one that is believed as it is. */
export const refreshNow = (prices: Prices, setting: RefreshSetting, believed?: string): Promise<RefreshRun> =>
  refresh({
    prices,
    sources: sourcesOf(setting).filter(
      ({ importer }) => believed === undefined || importer.publisher.id === believed,
    ),
    believed,
    fetching: patient,
    now: () => new Date(),
  })
