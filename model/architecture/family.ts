import type { ConfigReader } from './config-reader.ts'
import type { Architecture } from './normal-form.ts'

/** What stands on top of the layers: a language-model head, a masked one, or nothing (an embedding model). */
export type Task = 'generate' | 'fill-mask' | 'embed'

/** A group of models whose configs are read in one way. */
export interface Family {
  /** `model_type` values. */
  readonly modelTypes: readonly string[]
  /** Names of the model classes without their ending: `LlamaForCausalLM` is `Llama`. */
  readonly classes: readonly string[]
  describe(config: ConfigReader, task: Task): Architecture
}
