/**
 * The settings of the refresh: variables of the environment for Node, of `wrangler.toml` for Workers. Without
 * `WEIGHBRIDGE_REFRESH=on` nobody is contacted.
 */
export interface RefreshSetting {
  readonly WEIGHBRIDGE_REFRESH?: string | undefined
  /** An address under which all publishers' files are asked for instead, as `MIRROR/models.dev/api.json`. */
  readonly WEIGHBRIDGE_MIRROR?: string | undefined
}

export const isOn = ({ WEIGHBRIDGE_REFRESH }: RefreshSetting): boolean => WEIGHBRIDGE_REFRESH === 'on'
