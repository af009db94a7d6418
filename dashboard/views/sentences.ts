import { h } from 'preact'

const items = (sentences: readonly string[]) =>
  h(
    'ul',
    null,
    sentences.map((sentence) => h('li', null, sentence)),
  )

interface SentencesProps {
  readonly title: string
  readonly sentences: readonly string[]
}

/** A heading with sentences below it; nothing where there are none. */
export const Sentences = ({ title, sentences }: SentencesProps) =>
  sentences.length === 0 ? null : h('section', null, h('h2', null, title), items(sentences))

/** The same, folded up: what is read when a figure is doubted. */
export const FoldedSentences = ({ title, sentences }: SentencesProps) =>
  h('details', null, h('summary', null, title), items(sentences))
