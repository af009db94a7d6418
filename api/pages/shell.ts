import { html } from 'hono/html'

type Html = ReturnType<typeof html>

/** A page: styles and scripts come from files, so that the content security policy can refuse all others. */
export const shell = ({
  title,
  body,
  script,
}: {
  readonly title: string
  readonly body: Html
  /** Name of a script in /static. */
  readonly script?: string
}): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Weighbridge</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/page.css">
${script === undefined ? '' : html`<script type="module" src="/static/${script}"></script>`}
</head>
<body>
${body}
</body>
</html>`
