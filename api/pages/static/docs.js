/** Runs the examples of the reference page, and narrows it to what is looked for. */

const find = document.getElementById('find')
const nothing = document.getElementById('nothing')
const entries = [...document.querySelectorAll('[data-entry]')]

find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\s+/)
  for (const entry of entries) {
    const text = entry.textContent.toLowerCase()
    entry.hidden = !words.every((word) => text.includes(word))
    const link = document.querySelector(`nav a[href="#${entry.id}"]`)
    link.parentElement.hidden = entry.hidden
  }
  nothing.hidden = entries.some((entry) => !entry.hidden)
})

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches('input, textarea')
  if (event.key === '/' && !isTyping) {
    event.preventDefault()
    find.focus()
  }
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit()
})

for (const form of document.querySelectorAll('form.try')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector('button')
    button.disabled = true
    try {
      await run(form)
    } finally {
      button.disabled = false
    }
  })
}

async function run(form) {
  const { path, method = 'POST', type = 'application/json' } = form.dataset
  const input = form.elements.input.value
  const output = form.querySelector('output')
  const asked =
    method === 'GET'
      ? fetch(`${path}?${input}`)
      : fetch(path, { method, body: input, headers: { 'content-type': type } })
  const [headline, body, good] = await asked.then(
    async (response) => {
      const answer = await response.json()
      return [headlineOf(answer), JSON.stringify(answer, null, 2), response.ok]
    },
    () => ['The server does not answer.', '', false],
  )
  const value = document.createElement('span')
  value.className = 'value'
  value.textContent = headline
  output.replaceChildren(...(headline === '' ? [] : [value]), body)
  output.classList.toggle('bad', !good)
  output.hidden = false
}

/** What a person wants to know first: the value with its unit, what is wrong, or how much was found. */
function headlineOf(answer) {
  if (answer.detail !== undefined) return answer.detail
  if (answer.value !== undefined) return `${answer.value ?? 'unknown'} ${answer.unit ?? ''}`.trim()
  if (answer.total !== undefined) return `${answer.items.length} of ${answer.total}`
  if (answer.results !== undefined) return `${answer.results.length} results`
  return ''
}
