import { parse } from 'yaml'
import { z } from 'zod'
import type { GpuSpecification } from '../../model/gpu-specification.ts'
import { checked } from './import-problem.ts'
import { readCsv, type Upstream } from './read.ts'

/*
 * Specifications of GPUs by others, to check our own facts against: Epoch AI, "Machine Learning Hardware" (CC BY 4.0),
 * and the systems of NVIDIA's aiconfigurator (Apache-2.0). They are compared, not taken over.
 */

const epochPath = 'hardware/epoch-ml_hardware.csv'
const systemsFolder = 'hardware/aiconfigurator-systems'

const epochNames: Readonly<Record<string, string>> = {
  'NVIDIA GB300 (Blackwell Ultra)': 'gb300-288gb',
  'NVIDIA GB200': 'gb200-186gb',
  'NVIDIA B300 (Blackwell Ultra)': 'b300-sxm-288gb',
  'NVIDIA B200': 'b200-sxm-180gb',
  'NVIDIA H200 SXM': 'h200-sxm-141gb',
  'NVIDIA H100 SXM5 80GB': 'h100-sxm-80gb',
  'NVIDIA H100 PCIe': 'h100-pcie-80gb',
  'NVIDIA H100 NVL': 'h100-nvl-94gb',
  'NVIDIA A100 SXM4 80 GB': 'a100-sxm-80gb',
  'NVIDIA A100 SXM4 40 GB': 'a100-sxm-40gb',
  'NVIDIA L40': 'l40-48gb',
  'NVIDIA L4': 'l4-24gb',
  'NVIDIA A10 PCIe': 'a10-24gb',
  'NVIDIA A10G': 'a10g-24gb',
  'NVIDIA GeForce RTX 4090': 'rtx-4090-24gb',
  'NVIDIA GeForce RTX 3090': 'rtx-3090-24gb',
  'NVIDIA Tesla T4': 't4-16gb',
  'NVIDIA Tesla V100 SXM2 32 GB': 'v100-sxm2-32gb',
  'AMD Instinct MI300X': 'mi300x-192gb',
  'AMD Instinct MI325X': 'mi325x-256gb',
  'AMD Instinct MI350X': 'mi350x-288gb',
  'AMD Instinct MI355X': 'mi355x-288gb',
  'Intel Habana Gaudi3': 'gaudi-3-128gb',
  'Intel Habana Gaudi2': 'gaudi-2-96gb',
  'Google TPU v5e': 'tpu-v5e',
  'Google TPU v5p': 'tpu-v5p',
  'Google TPU v6e Trillium': 'tpu-v6e',
  'Google TPU v7 Ironwood': 'tpu-v7',
  'Amazon Trainium2': 'trainium2',
}
const systemNames: Readonly<Record<string, string>> = {
  'a100_pcie.yaml': 'a100-pcie-80gb',
  'a100_sxm.yaml': 'a100-sxm-80gb',
  'b200_sxm.yaml': 'b200-sxm-180gb',
  'b300_sxm.yaml': 'b300-sxm-288gb',
  'gb200.yaml': 'gb200-186gb',
  'gb300.yaml': 'gb300-288gb',
  'h100_pcie.yaml': 'h100-pcie-80gb',
  'h100_sxm.yaml': 'h100-sxm-80gb',
  'h200_sxm.yaml': 'h200-sxm-141gb',
  'l4.yaml': 'l4-24gb',
  'l40s.yaml': 'l40s-48gb',
  'rtx_pro_6000_server.yaml': 'rtx-pro-6000-blackwell-server-96gb',
}

const figure = z.coerce.number().nullable()
const EpochRow = z.object({
  'Hardware name': z.string(),
  'Memory bandwidth (byte/s)': figure,
  'TDP (W)': figure,
  'Tensor-FP16/BF16 performance (FLOP/s)': figure,
  'FP8 performance (FLOP/s)': figure,
  'FP4 performance (FLOP/s)': figure,
  'INT8 performance (OP/s)': figure,
})

const System = z.object({
  gpu: z.object({
    mem_bw: z.number(),
    power: z.number(),
    bfloat16_tc_flops: z.number(),
    fp8_tc_flops: z.number().optional(),
    fp4_tc_flops: z.number().optional(),
    int8_tc_flops: z.number().optional(),
  }),
})

/** @throws ImportProblem when a file does not fit. */
export function gpuSpecifications(upstream: Upstream): GpuSpecification[] {
  const epoch = readCsv(upstream, epochPath, EpochRow).flatMap((row) => {
    const gpu = epochNames[row['Hardware name']]
    return gpu === undefined
      ? []
      : [
          {
            gpu,
            source: 'Epoch AI',
            memoryBytesPerSecond: row['Memory bandwidth (byte/s)'],
            powerWatts: row['TDP (W)'],
            peakFlopPerSecond: {
              bf16: row['Tensor-FP16/BF16 performance (FLOP/s)'],
              fp8: row['FP8 performance (FLOP/s)'],
              fp4: row['FP4 performance (FLOP/s)'],
              int8: row['INT8 performance (OP/s)'],
            },
          },
        ]
  })
  const systems = upstream.list(systemsFolder).flatMap((name) => {
    const gpu = systemNames[name]
    if (gpu === undefined) return []
    const path = `${systemsFolder}/${name}`
    const { gpu: stated } = checked(System, path, parse(upstream.text(path)))
    return [
      {
        gpu,
        source: 'aiconfigurator',
        memoryBytesPerSecond: stated.mem_bw,
        powerWatts: stated.power,
        peakFlopPerSecond: {
          bf16: stated.bfloat16_tc_flops,
          fp8: stated.fp8_tc_flops ?? null,
          fp4: stated.fp4_tc_flops ?? null,
          int8: stated.int8_tc_flops ?? null,
        },
      },
    ]
  })
  return [...epoch, ...systems]
}
