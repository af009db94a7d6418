import { html } from 'hono/html'

type Html = ReturnType<typeof html>

/** A page: styles and scripts come from files, so that the content security policy can refuse all others. */
export const shell = ({
  title,
  body,
  script,
  folder,
}: {
  readonly title: string
  readonly body: Html
  /** Name of a script in /static. */
  readonly script?: string
  /** Folder of /static that a build has filled: `main.css` and `main.js`. */
  readonly folder?: string
}): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Weighbridge</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/page.css">
${
  folder === undefined
    ? ''
    : html`<link rel="stylesheet" href="/static/${folder}/main.css"><script type="module" src="/static/${folder}/main.js"></script>`
}
${script === undefined ? '' : html`<script type="module" src="/static/${script}"></script>`}
</head>
<body>
${body}
</body>
</html>`
