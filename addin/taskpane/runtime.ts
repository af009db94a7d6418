/** The global that functions.js leaves: this page and the functions of Excel share its memory. */
declare global {
  var weighbridge: typeof import('../functions/main.ts')
}

export const runtime = () => globalThis.weighbridge
