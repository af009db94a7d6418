/**
 * One quantity, the names publishers give it. A config that states two of them must state the same number twice.
 *
 * Gathered from the `attribute_map`s and configuration classes of huggingface/transformers @6978a60a and from the
 * publishers' own configs.
 */
export const hiddenSize = ['hidden_size', 'n_embd', 'n_embed', 'd_model', 'dim'] as const
export const layerCount = ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers'] as const
export const headCount = ['num_attention_heads', 'n_head', 'n_heads', 'num_heads'] as const
export const kvHeadCount = [
  'num_key_value_heads',
  'num_kv_heads',
  'n_head_kv',
  'n_kv_heads',
  'kv_n_heads',
  'multi_query_group_num',
  'num_query_groups',
] as const
export const headDim = ['head_dim', 'attention_head_dim', 'd_kv', 'kv_channels'] as const
export const feedForwardWidth = [
  'intermediate_size',
  'ff_intermediate_size',
  'ffn_hidden_size',
  'ffn_dim',
  'n_inner',
  'd_ff',
  'hidden_dim',
] as const
export const vocabSize = ['vocab_size', 'padded_vocab_size'] as const
/** In order of authority: the first that is stated counts. */
export const maxContext = [
  'max_position_embeddings',
  'max_sequence_length',
  'n_positions',
  'max_seq_len',
  'seq_length',
  'n_ctx',
] as const
export const expertCount = [
  'num_experts',
  'num_local_experts',
  'n_routed_experts',
  'moe_num_experts',
  'num_routed_experts',
  'num_moe_experts',
  'n_experts',
  'moe_num_primary_experts',
] as const
export const expertsPerToken = [
  'num_experts_per_tok',
  'num_experts_per_token',
  'experts_per_token',
  'moe_topk',
  'moe_top_k',
  'moe_k',
  'top_k_experts',
  'num_selected_experts',
] as const
export const expertWidth = ['moe_intermediate_size', 'expert_ffn_hidden_size', 'moe_ffn_hidden_size'] as const
export const sharedExpertCount = [
  'n_shared_experts',
  'num_shared_experts',
  'moe_num_shared_experts',
  'num_shared_expert',
] as const
/** The quantities that shape a text model; stated twice, they must be stated alike. */
export const shaping = [
  hiddenSize,
  layerCount,
  headCount,
  kvHeadCount,
  headDim,
  feedForwardWidth,
  vocabSize,
  expertCount,
  expertsPerToken,
  expertWidth,
  sharedExpertCount,
] as const
export const predictionLayerCount = [
  'num_nextn_predict_layers',
  'mtp_num_hidden_layers',
  'num_mtp_modules',
  'mtp_num_layers',
] as const
