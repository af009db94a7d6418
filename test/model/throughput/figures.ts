import type { ModelFigures } from '../../../model/throughput/model-figures.ts'

/** A dense decoder with grouped-query attention and a head of its own, from the numbers of its config.json. */
export const denseFigures = ({
  id,
  layers,
  hidden,
  feedForward,
  vocabulary,
  queryHeads,
  keyValueHeads,
  headSize,
}: {
  id: string
  layers: number
  hidden: number
  feedForward: number
  vocabulary: number
  queryHeads: number
  keyValueHeads: number
  headSize: number
}): ModelFigures => ({
  id,
  kind: 'dense',
  layerCount: layers,
  moeLayerCount: 0,
  hiddenSize: hidden,
  vocabularySize: vocabulary,
  feedForwardSize: feedForward,
  queryHeadCount: queryHeads,
  keyValueHeadCount: keyValueHeads,
  fullAttentionWidth: layers * queryHeads * headSize,
  decodeAttentionWidth: layers * queryHeads * headSize,
  windowAttentionWidth: 0,
  windowTokens: 0,
  idleParameterCount: vocabulary * hidden,
  headParameterCount: vocabulary * hidden,
  attentionParameterCount: layers * 2 * hidden * headSize * (queryHeads + keyValueHeads),
  feedForwardParameterCount: layers * 3 * hidden * feedForward,
  otherParameterCount: layers * 2 * hidden + hidden,
  routedExpertParameterCount: 0,
  expertCount: 0,
  expertsPerToken: 0,
  fullCacheElementsPerToken: layers * 2 * keyValueHeads * headSize,
  windowCacheElementsPerToken: 0,
  stateElements: 0,
  cacheIsLatent: false,
  contextLimitTokens: 131072,
})

export const qwen3Dense32 = denseFigures({
  id: 'Qwen/Qwen3-32B',
  layers: 64,
  hidden: 5120,
  feedForward: 25600,
  vocabulary: 151936,
  queryHeads: 64,
  keyValueHeads: 8,
  headSize: 128,
})

export const llama70 = denseFigures({
  id: 'meta-llama/Llama-3.1-70B',
  layers: 80,
  hidden: 8192,
  feedForward: 28672,
  vocabulary: 128256,
  queryHeads: 64,
  keyValueHeads: 8,
  headSize: 128,
})
