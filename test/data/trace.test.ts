import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleTrace } from '../../data/sample-trace/sample-trace.ts'
import { parseTrace } from '../../data/trace.ts'

const header = 'TIMESTAMP,ContextTokens,GeneratedTokens'
const lines = (...rows: string[]) => [header, ...rows].join('\n')

describe('a trace is read', () => {
  const plain = lines('2023-11-16 18:15:46.6805900,374,44', '2023-11-16 18:15:50.9951690,396,109')
  const expected = {
    startedAt: '2023-11-16T18:15:46.680Z',
    seconds: [0, 4.314579],
    inputTokens: [374, 396],
    outputTokens: [44, 109],
    cachedInputTokens: null,
  }

  test.each([
    ['with line feeds', plain],
    ['with CR LF', plain.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${plain}`],
    ['with a last line end', `${plain}\n`],
    ['with blank lines at the end', `${plain}\r\n\r\n`],
    [
      'as JSON lines, with CR LF and other fields',
      [
        '{"id":1,"timestamp":"2023-11-16T18:15:46.68059Z","prompt_tokens":374,"completion_tokens":44}',
        '{"timestamp":"2023-11-16T18:15:50.995169Z","prompt_tokens":396,"completion_tokens":109,"x":{}}',
      ].join('\r\n'),
    ],
    [
      'with columns in another order, and others between',
      'prompt_tokens,user,Completion Tokens,created_at\n374,a,44,2023-11-16T18:15:46.68059Z\n396,b,109,2023-11-16T19:15:50.995169+01:00',
    ],
  ])('%s', (_name, text) => {
    const trace = parseTrace(text)
    expect(trace.startedAt).toBe(expected.startedAt)
    expect(Array.from(trace.inputTokens)).toEqual(expected.inputTokens)
    expect(Array.from(trace.outputTokens)).toEqual(expected.outputTokens)
    expect(trace.cachedInputTokens).toBeNull()
    expect(trace.seconds[1]).toBeCloseTo(expected.seconds[1] ?? 0, 6)
  })

  test.each([
    ['seconds from a start', ['0', '1.5', '90'], null, 90],
    ['seconds since 1970', ['1700158546', '1700158636'], '2023-11-16T18:15:46.000Z', 90],
    ['milliseconds since 1970', ['1700158546000', '1700158636000'], '2023-11-16T18:15:46.000Z', 90],
  ])('with times in %s', (_name, times, startedAt, last) => {
    const trace = parseTrace(lines(...times.map((time) => `${time},1,1`)))
    expect(trace.startedAt).toBe(startedAt)
    expect(trace.seconds[trace.seconds.length - 1]).toBe(last)
  })

  test('with what a cache held', () => {
    const trace = parseTrace('time,input_tokens,output_tokens,cached_tokens\n0,100,5,60')
    expect(Array.from(trace.cachedInputTokens ?? [])).toEqual([60])
  })

  test('writing a trace and reading it back gives the same numbers', () => {
    const request = fc.tuple(fc.nat(1000), fc.nat(1e6), fc.nat(1e4))
    fc.assert(
      fc.property(fc.array(request, { minLength: 1 }), (requests) => {
        let clock = 0
        const rows = requests.map(([gap, input, output]) => {
          clock += gap
          return `${clock},${input},${output}`
        })
        const trace = parseTrace(lines(...rows))
        expect(Array.from(trace.inputTokens)).toEqual(requests.map(([, input]) => input))
        expect(Array.from(trace.outputTokens)).toEqual(requests.map(([, , output]) => output))
        expect(trace.seconds[requests.length - 1]).toBe(clock - (requests[0]?.[0] ?? 0))
      }),
    )
  })
})

describe('what is no trace is refused in a sentence', () => {
  test.each([
    ['an empty file', '', 'trace: the file is empty; accepted are CSV with a header line, and JSON lines.'],
    ['no rows', header, 'trace: there is no request below the header line.'],
    [
      'a missing column',
      'TIMESTAMP,ContextTokens\n0,1',
      'trace: no column for output tokens; accepted are names such as GeneratedTokens, output_tokens, completion_tokens; the trace has "TIMESTAMP,ContextTokens".',
    ],
    [
      'a bad row in the middle',
      lines('0,1,1', '1,many,1', '2,1,1'),
      'trace: line 3, column ContextTokens (input tokens): "many" must be a whole number from 0 to 1000000000.',
    ],
    [
      'a row cut short',
      lines('0,1,1', '1,1', '2,1,1'),
      'trace: line 3, column GeneratedTokens (output tokens): "" must be a whole number from 0 to 1000000000.',
    ],
    [
      'a negative count',
      lines('0,-1,1'),
      'trace: line 2, column ContextTokens (input tokens): "-1" must be a whole number from 0 to 1000000000.',
    ],
    ['a count of 1e400', lines('0,1e400,1'), 'line 2, column ContextTokens (input tokens): "1e400" must be'],
    [
      'unsorted times',
      lines('2023-11-16 18:15:47,1,1', '2023-11-16 18:15:46,1,1'),
      'trace: line 3: the time "2023-11-16 18:15:46" lies before that of the line above ("2023-11-16 18:15:47"); requests must stand in the order of arrival.',
    ],
    [
      'a day that does not exist',
      lines('2023-02-30 00:00:00,1,1'),
      'line 2: "2023-02-30 00:00:00" is no time',
    ],
    ['a blank line in the middle', lines('0,1,1', '', '2,1,1'), 'trace: line 3: "" is no time'],
    [
      'a JSON line cut in half',
      '{"time":0,"input_tokens":1,"output_tokens":1}\n{"time":1,"input_',
      'trace: line 2: "{\\"time\\":1,\\"input_" is no JSON object',
    ],
    [
      'a JSON line with a text for a count',
      '{"time":0,"input_tokens":1,"output_tokens":1}\n{"time":1,"input_tokens":"many","output_tokens":1}',
      'trace: line 2, column input_tokens (input tokens): "many" must be a whole number',
    ],
    [
      'JSON lines without a field',
      '{"time":0,"input_tokens":1}',
      'trace: no column for output tokens; accepted are names such as GeneratedTokens, output_tokens, completion_tokens; the trace has "time,input_tokens".',
    ],
    ['a list in place of lines', '[{"time":0}]', 'trace: line 1: "[{\\"time\\":0}]" is no JSON object'],
    ['a time beyond any calendar', lines('0,1,1', '1e300,1,1'), 'line 3: "1e300" is no time'],
    [
      'a line without end',
      lines('0,1,1', ','.repeat(1_000_001)),
      'trace: line 3 has 1000001 characters; at most 1000000 are accepted.',
    ],
    ['a cell without end', `"${'x\n'.repeat(600_000)}`, 'trace: this is not CSV: Max Record Size'],
    [
      'a JSON line without end',
      `{"time":${' '.repeat(1e6)}0}`,
      'trace: line 1 has 1000010 characters; at most 1000000 are accepted.',
    ],
    ['an open quotation mark', lines('0,"1,1'), 'trace: this is not CSV: '],
  ])('%s', (_name, text, sentence) => {
    expect(() => parseTrace(text)).toThrow(sentence)
  })
})

test('the shipped sample is five minutes of requests in order', () => {
  const seconds = Array.from(sampleTrace.seconds)
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
  expect(Math.floor((seconds.at(-1) ?? 0) / 60)).toBe(5)
  expect(sampleTrace.inputTokens.length).toBe(seconds.length)
  expect(sampleTrace.outputTokens.length).toBe(seconds.length)
})
