/** Configs for examples, as their publishers spell them. */
const llama = {
  model_type: 'llama',
  architectures: ['LlamaForCausalLM'],
  num_key_value_heads: 8,
  head_dim: 128,
  vocab_size: 128256,
  max_position_embeddings: 131072,
  tie_word_embeddings: false,
}

/** meta-llama/Llama-3.1-8B */
export const llama8Config = {
  ...llama,
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  intermediate_size: 14336,
}

/** meta-llama/Llama-3.1-70B */
export const llama70Config = {
  ...llama,
  hidden_size: 8192,
  num_hidden_layers: 80,
  num_attention_heads: 64,
  intermediate_size: 28672,
}

/** Qwen/Qwen3-32B */
export const qwen32Config = {
  model_type: 'qwen3',
  architectures: ['Qwen3ForCausalLM'],
  hidden_size: 5120,
  num_hidden_layers: 64,
  num_attention_heads: 64,
  num_key_value_heads: 8,
  head_dim: 128,
  intermediate_size: 25600,
  vocab_size: 151936,
  max_position_embeddings: 40960,
  tie_word_embeddings: false,
}
