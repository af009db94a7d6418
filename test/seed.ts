import fc from 'fast-check'

/**
 * Laws are tried on the same inputs in every run, so that a run can be repeated; `FAST_CHECK_SEED=$RANDOM npm test`
 * tries others.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261125) })
