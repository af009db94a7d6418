/**
 * One small result of each tool, made by hand after its published schema; the figures are of no real machine.
 */

/** vllm-project/vllm vllm/benchmarks/serve.py @def9ce85: what `--save-result` writes. */
export const vllmBench = JSON.stringify({
  date: '20261120-101500',
  backend: 'vllm',
  model_id: 'meta-llama/Llama-3.1-8B-Instruct',
  num_prompts: 320,
  request_rate: 'inf',
  burstiness: 1,
  max_concurrency: 32,
  duration: 36.2,
  completed: 320,
  total_input_tokens: 327_680,
  total_output_tokens: 81_920,
  request_throughput: 8.84,
  output_throughput: 2263,
  mean_ttft_ms: 210,
  median_ttft_ms: 190,
  mean_tpot_ms: 13.3,
  mean_itl_ms: 13.3,
})

const distribution = (mean: number) => ({ successful: { mean, median: mean, percentiles: { p90: mean } } })

/** vllm-project/guidellm src/guidellm/schemas/benchmark: a report of two rates. */
export const guidellm = JSON.stringify({
  benchmarks: [8, 64].map((concurrency) => ({
    metrics: {
      request_concurrency: distribution(concurrency),
      prompt_token_count: distribution(1024),
      output_token_count: distribution(256),
      time_to_first_token_ms: distribution(60 + concurrency * 4),
      inter_token_latency_ms: distribution(8 + concurrency / 8),
      time_per_output_token_ms: distribution(9 + concurrency / 8),
      output_tokens_per_second: distribution(concurrency * 90),
    },
  })),
})

/** ai-dynamo/aiperf docs/tutorials/working-with-profile-exports.md @13992dbd: `profile_export_aiperf.json`. */
export const aiperf = JSON.stringify({
  request_count: { unit: 'requests', avg: 320 },
  time_to_first_token: { unit: 'ms', avg: 180, p50: 170, p99: 400 },
  inter_token_latency: { unit: 'ms', avg: 12, p50: 11.5, p99: 16 },
  output_token_throughput: { unit: 'tokens/sec', avg: 2400 },
  input_sequence_length: { unit: 'tokens', avg: 1024 },
  output_sequence_length: { unit: 'tokens', avg: 256 },
  input_config: { loadgen: { concurrency: 32 } },
})

/** triton-inference-server/perf_analyzer genai-perf/docs/files.md @05b09492: `profile_export_genai_perf.json`. */
export const genaiPerf = JSON.stringify({
  request_throughput: { unit: 'requests/sec', avg: 9.1 },
  time_to_first_token: { unit: 'ns', avg: 185e6 },
  inter_token_latency: { unit: 'ns', avg: 12.5e6 },
  output_token_throughput: { unit: 'tokens/sec', avg: 2330 },
  input_sequence_length: { unit: 'tokens', avg: 1024 },
  output_sequence_length: { unit: 'tokens', avg: 256 },
  input_config: { perf_analyzer: { stimulus: { concurrency: 32 } } },
})

/** vllm-project/vllm docs/source/design/v1/metrics.md: a scrape of `/metrics`. */
export const vllmMetrics = `# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="m"} 30.0
vllm:num_requests_waiting{engine="0",model_name="m"} 2.0
vllm:time_to_first_token_seconds_bucket{engine="0",le="0.25",model_name="m"} 80.0
vllm:time_to_first_token_seconds_count{engine="0",model_name="m"} 100.0
vllm:time_to_first_token_seconds_sum{engine="0",model_name="m"} 19.0
vllm:inter_token_latency_seconds_count{engine="0",model_name="m"} 25500.0
vllm:inter_token_latency_seconds_sum{engine="0",model_name="m"} 306.0
vllm:request_prompt_tokens_count{engine="0",model_name="m"} 100.0
vllm:request_prompt_tokens_sum{engine="0",model_name="m"} 102400.0
vllm:request_generation_tokens_count{engine="0",model_name="m"} 100.0
vllm:request_generation_tokens_sum{engine="0",model_name="m"} 25600.0
`

export const csv = `concurrency,input_tokens,output_tokens,ttft_ms,tpot_ms
8,1024,256,90,9
64,1024,256,320,17
`
