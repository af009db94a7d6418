import type { Weights } from '../../model/facts.ts'
import zeroOneAi from './01-ai.json' with { type: 'json' }
import ai21labs from './ai21labs.json' with { type: 'json' }
import alibabaNlp from './alibaba-nlp.json' with { type: 'json' }
import allenai from './allenai.json' with { type: 'json' }
import alpindale from './alpindale.json' with { type: 'json' }
import answerdotai from './answerdotai.json' with { type: 'json' }
import arceeAi from './arcee-ai.json' with { type: 'json' }
import baai from './baai.json' with { type: 'json' }
import baichuanInc from './baichuan-inc.json' with { type: 'json' }
import baidu from './baidu.json' with { type: 'json' }
import bigcode from './bigcode.json' with { type: 'json' }
import bigscience from './bigscience.json' with { type: 'json' }
import bscLt from './bsc-lt.json' with { type: 'json' }
import bytedanceSeed from './bytedance-seed.json' with { type: 'json' }
import codefuseAi from './codefuse-ai.json' with { type: 'json' }
import codellama from './codellama.json' with { type: 'json' }
import cognitivecomputations from './cognitivecomputations.json' with { type: 'json' }
import cohereforai from './cohereforai.json' with { type: 'json' }
import coherelabs from './coherelabs.json' with { type: 'json' }
import databricks from './databricks.json' with { type: 'json' }
import deepcogito from './deepcogito.json' with { type: 'json' }
import deepseekAi from './deepseek-ai.json' with { type: 'json' }
import eleutherai from './eleutherai.json' with { type: 'json' }
import facebook from './facebook.json' with { type: 'json' }
import google from './google.json' with { type: 'json' }
import googleBert from './google-bert.json' with { type: 'json' }
import googleT5 from './google-t5.json' with { type: 'json' }
import huggingfacetb from './huggingfacetb.json' with { type: 'json' }
import huggyllama from './huggyllama.json' with { type: 'json' }
import ibmGranite from './ibm-granite.json' with { type: 'json' }
import internlm from './internlm.json' with { type: 'json' }
import intfloat from './intfloat.json' with { type: 'json' }
import lgaiExaone from './lgai-exaone.json' with { type: 'json' }
import liquidai from './liquidai.json' with { type: 'json' }
import llavaHf from './llava-hf.json' with { type: 'json' }
import mattshumer from './mattshumer.json' with { type: 'json' }
import mbzuai from './mbzuai.json' with { type: 'json' }
import meituanLongcat from './meituan-longcat.json' with { type: 'json' }
import metaLlama from './meta-llama.json' with { type: 'json' }
import microsoft from './microsoft.json' with { type: 'json' }
import minimaxai from './minimaxai.json' with { type: 'json' }
import mistralai from './mistralai.json' with { type: 'json' }
import moonshotai from './moonshotai.json' with { type: 'json' }
import mosaicml from './mosaicml.json' with { type: 'json' }
import nvidia from './nvidia.json' with { type: 'json' }
import openai from './openai.json' with { type: 'json' }
import openaiCommunity from './openai-community.json' with { type: 'json' }
import openlmResearch from './openlm-research.json' with { type: 'json' }
import orionstarai from './orionstarai.json' with { type: 'json' }
import qwen from './qwen.json' with { type: 'json' }
import rednoteHilab from './rednote-hilab.json' with { type: 'json' }
import snowflake from './snowflake.json' with { type: 'json' }
import stabilityai from './stabilityai.json' with { type: 'json' }
import stateSpaces from './state-spaces.json' with { type: 'json' }
import stepfunAi from './stepfun-ai.json' with { type: 'json' }
import swissAi from './swiss-ai.json' with { type: 'json' }
import tencent from './tencent.json' with { type: 'json' }
import thudm from './thudm.json' with { type: 'json' }
import tiiuae from './tiiuae.json' with { type: 'json' }
import tinyllama from './tinyllama.json' with { type: 'json' }
import togethercomputer from './togethercomputer.json' with { type: 'json' }
import upstage from './upstage.json' with { type: 'json' }
import xiaomimimo from './xiaomimimo.json' with { type: 'json' }
import xverse from './xverse.json' with { type: 'json' }
import zaiOrg from './zai-org.json' with { type: 'json' }

/** Every publisher's weights: one file each, named after the publisher. */
export const weights: readonly Weights[] = [
  zeroOneAi,
  ai21labs,
  alibabaNlp,
  allenai,
  alpindale,
  answerdotai,
  arceeAi,
  baai,
  baichuanInc,
  baidu,
  bigcode,
  bigscience,
  bscLt,
  bytedanceSeed,
  codefuseAi,
  codellama,
  cognitivecomputations,
  cohereforai,
  coherelabs,
  databricks,
  deepcogito,
  deepseekAi,
  eleutherai,
  facebook,
  google,
  googleBert,
  googleT5,
  huggingfacetb,
  huggyllama,
  ibmGranite,
  internlm,
  intfloat,
  lgaiExaone,
  liquidai,
  llavaHf,
  mattshumer,
  mbzuai,
  meituanLongcat,
  metaLlama,
  microsoft,
  minimaxai,
  mistralai,
  moonshotai,
  mosaicml,
  nvidia,
  openai,
  openaiCommunity,
  openlmResearch,
  orionstarai,
  qwen,
  rednoteHilab,
  snowflake,
  stabilityai,
  stateSpaces,
  stepfunAi,
  swissAi,
  tencent,
  thudm,
  tiiuae,
  tinyllama,
  togethercomputer,
  upstage,
  xiaomimimo,
  xverse,
  zaiOrg,
].flat()
