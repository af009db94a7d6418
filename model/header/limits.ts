/**
 * What a header may cost. Each bound is far above every published file and low enough that the worst header within
 * them is read in a heap of 64 MB.
 */

/** Bytes of header in one file. The reference reader of safetensors stops at the same number (tensor.rs, MAX_HEADER_SIZE). */
export const mostHeaderBytes = 100_000_000

/** Tensors in one file. The most seen is about 6,000; Kimi K3 has 497,000 in 96 files. */
export const mostTensors = 100_000

/** Bytes of all the names of one file's tensors. */
export const mostNameBytes = 16 * 2 ** 20

/** Bytes of one name. */
export const longestName = 1024

/** Bytes of one tensor's entry in a JSON header. */
export const longestEntry = 64 * 2 ** 10

/** Dimensions of one tensor. */
export const mostDimensions = 16

/** Files that one index names. DeepSeek V3 has 163. */
export const mostShards = 10_000

/** Tensors that one index names. */
export const mostIndexedTensors = 2_000_000

/** Key-value pairs of a GGUF header. Real files have below 100. */
export const mostPairs = 1024

/** Numbers of an array that is kept, such as a head count for each layer; longer arrays are passed over. */
export const longestKeptArray = 1024

/** Bytes of a text that is kept; longer ones are passed over. */
export const longestKeptText = 1024

/** Texts of one array that is passed over. The largest vocabularies have 262,144, their merges about twice that. */
export const mostTexts = 4_000_000
