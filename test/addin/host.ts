import { readFileSync } from 'node:fs'
import vm from 'node:vm'

/** What a cell shows after a call. */
export type Shown =
  | { readonly value: unknown }
  | { readonly error: string; readonly sentence: string | undefined }

export interface Call {
  readonly name: string
  readonly cells: readonly unknown[]
}

export type Fetch = (url: string, init: { body: string; signal: AbortSignal }) => Promise<Response>

interface Pending {
  readonly resolve: (shown: Shown) => void
}

/** Codes of the private protocol, read from the source of custom-functions-runtime.js 1.1.110. */
const errorNames: Readonly<Record<number, string>> = { 1: '#N/A', 5: '#DIV/0!', 6: '#NUM!', 8: '#NULL!' }
const messageInvoke = 1000
const messageCancel = 1001
const flags = { cancelable: 1, errors: 4 }

/**
 * Microsoft's own custom-functions runtime with our script in it, in a bare context: what a simulated Excel asks of it
 * goes in as text and what Excel would show comes out.
 */
export class SimulatedExcel {
  /** Every request that went out, with its body. */
  readonly requests: { url: string; body: string }[] = []
  loadMilliseconds = 0
  readonly #context: vm.Context
  readonly #pending = new Map<number, Pending>()
  readonly #bridge: { onMessageFromHost?: (text: string) => void }
  readonly #timers = new Set<NodeJS.Timeout>()
  #invocations = 0

  constructor({ script, fetch, bare = false }: { script: string; fetch?: Fetch; bare?: boolean }) {
    const bridge: { onMessageFromHost?: (text: string) => void; sendMessageToHost(text: string): void } = {
      sendMessageToHost: (text) => this.#fromRuntime(text),
    }
    this.#bridge = bridge
    this.#context = vm.createContext({
      _richApiNativeBridge: bridge,
      console,
      setTimeout: (callback: (...values: unknown[]) => void, milliseconds?: number, ...values: unknown[]) =>
        this.#timer(setTimeout(callback, milliseconds, ...values)),
      clearTimeout,
      setInterval: (callback: () => void, milliseconds?: number) =>
        this.#timer(setInterval(callback, milliseconds)),
      clearInterval,
      URL,
      AbortController,
      TextEncoder,
      navigator: { userAgent: 'Node' },
      history: {},
      fetch: this.#recorded(fetch),
    })
    const runtime = readFileSync('node_modules/@microsoft/office-js/dist/custom-functions-runtime.js', 'utf8')
    this.#run('globalThis.window = globalThis.self = globalThis')
    const head = { appendChild() {} }
    const source = {
      getAttribute: () => 'custom-functions-runtime.js',
      src: 'https://host/custom-functions-runtime.js',
    }
    const document = {
      getElementsByTagName: (name: string) => (name === 'script' ? [source] : [head]),
      createElement: () => ({ setAttribute() {}, style: {} }),
      head,
    }
    const page = {
      document,
      location: {
        href: 'https://weighbridge.example/addin/taskpane.html',
        search: '',
        hash: '',
        hostname: 'weighbridge.example',
      },
    }
    Object.assign(this.#context, page)
    this.#run(runtime)
    // The runtime needs a page around it; our script must load without one.
    if (bare)
      this.#run('delete globalThis.document; delete globalThis.localStorage; delete globalThis.Office')
    const started = performance.now()
    this.#run(script)
    this.loadMilliseconds = performance.now() - started
  }

  /** Excel's answer to `=WEIGHTS.NAME(cells)`. */
  call(name: string, ...cells: unknown[]): Promise<Shown> {
    return this.calls([{ name, cells }])[0] as Promise<Shown>
  }

  /** A recalculation: all calls in one message. */
  calls(calls: readonly Call[], onStarted?: (invocationIds: readonly number[]) => void): Promise<Shown>[] {
    const ids = calls.map(() => ++this.#invocations)
    const answers = ids.map((id) => new Promise<Shown>((resolve) => this.#pending.set(id, { resolve })))
    this.#toRuntime(
      calls.map(({ name, cells }, index) => [
        messageInvoke,
        [ids[index], name, cells, 'Sheet1!A1', flags.cancelable | flags.errors, null],
      ]),
    )
    onStarted?.(ids)
    return answers
  }

  /** The cell was deleted or edited while it waited. */
  cancel(invocationIds: readonly number[]): void {
    this.#toRuntime(invocationIds.map((invocationId) => [messageCancel, { invocationId }]))
  }

  /** The runtime waits for parts of Office that are not here, and would throw in the end. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #timer(timer: NodeJS.Timeout): NodeJS.Timeout {
    this.#timers.add(timer)
    return timer
  }

  #run(script: string): void {
    vm.runInContext(script, this.#context)
  }

  #recorded(fetch: Fetch | undefined): Fetch {
    return (url, init) => {
      this.requests.push({ url, body: init.body })
      return fetch ? fetch(url, init) : Promise.reject(new Error('there is no network here'))
    }
  }

  #toRuntime(messages: readonly (readonly [number, unknown])[]): void {
    const entries = messages.map(([type, message]) => [1, type, '', message, 0])
    this.#bridge.onMessageFromHost?.(JSON.stringify({ type: 3, message: { entries } }))
  }

  #fromRuntime(text: string): void {
    const { id, type, message } = JSON.parse(text)
    if (type !== 1) return
    const actions =
      message.body === undefined ? [] : (message.body.Actions ?? JSON.parse(message.body).Actions)
    for (const { Name, ArgumentInfo } of actions) {
      if (Name === 'SetInvocationArrayResults') this.#settle(ArgumentInfo.Arguments[0])
    }
    const body = JSON.stringify({
      Results: actions.map(({ Id }: { Id: number }) => ({ ActionId: Id, Value: null })),
    })
    const answer = { id, type: 2, flags: 0, message: { statusCode: 200, headers: {}, body } }
    setTimeout(() => this.#bridge.onMessageFromHost?.(JSON.stringify(answer)), 0)
  }

  #settle(rows: readonly (readonly [number, boolean, unknown, number?])[]): void {
    for (const [id, ok, value, code] of rows) {
      this.#pending.get(id)?.resolve(ok ? { value } : failure(value, code ?? 0))
      this.#pending.delete(id)
    }
  }
}

/** Without one of the codes the host shows #VALUE! and no sentence. */
const failure = (value: unknown, code: number): Shown => ({
  error: errorNames[code] ?? '#VALUE!',
  sentence: [1, 7].includes(code) && typeof value === 'string' ? value : undefined,
})
