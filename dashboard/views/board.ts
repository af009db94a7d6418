import { h } from 'preact'
import type { Plan } from '../../model/compare/plan.ts'
import { planWords } from '../../model/compare/plan-words.ts'
import type { Form, ScenarioHead } from '../page-data.ts'
import type { Sources } from '../pictures/picture.ts'
import { pictures } from '../pictures/pictures.ts'
import type { Draft } from '../question.ts'
import { CostLines } from './cost-lines.ts'
import { OptionsTable } from './options-table.ts'
import { PictureView } from './picture-view.ts'
import { type Edits, QuestionForm } from './question-form.ts'
import { ScenarioPanel } from './scenario-panel.ts'
import { FoldedSentences, Sentences } from './sentences.ts'
import { SideBySide } from './side-by-side.ts'
import { Takeaway } from './takeaway.ts'
import { Verdict } from './verdict.ts'
import { WeightsInspector } from './weights-inspector.ts'

export interface BoardProps extends Edits {
  readonly answer: Plan
  readonly trafficName: string
  readonly form: Form
  readonly draft: Draft
  readonly sources: Sources
  readonly scenario: ScenarioHead | null
}

/** The whole page: the verdict, what can be changed, and all that it rests on. */
export function Board(props: BoardProps) {
  const { answer, trafficName, form, draft, sources, scenario } = props
  const words = planWords(answer)
  const { comparison } = answer.result
  return h(
    'main',
    { class: 'board' },
    h(
      'p',
      { class: 'top' },
      h('span', { class: 'brand' }, 'Weighbridge'),
      h('a', { href: '/docs' }, 'Reference'),
      h('a', { href: '/openapi.json' }, 'OpenAPI'),
      h('a', { href: '/addin/' }, 'In a sheet'),
    ),
    h(Verdict, { model: answer.result.model, trafficName: nameOf(answer, trafficName), words }),
    h(
      'div',
      { class: 'columns' },
      h(QuestionForm, { ...props, form, draft }),
      h(
        'div',
        { class: 'rest' },
        h(OptionsTable, { answer, words }),
        h(Sentences, { title: 'What would change the verdict first', sentences: words.flips }),
        h(
          'div',
          { class: 'pictures' },
          pictures.map((picture) => h(PictureView, { key: picture.id, picture, answer, sources })),
        ),
        h(Sentences, { title: 'Break-even', sentences: words.breakEvens }),
        h(Sentences, { title: 'Left out', sentences: words.excluded }),
        h(Sentences, { title: 'Traffic', sentences: words.traffic }),
        h(Sentences, { title: 'Dates', sentences: words.dates }),
        comparison.options.map((option) => h(CostLines, { key: option.name, option })),
        h(FoldedSentences, {
          title: `${words.assumptions.length} assumptions`,
          sentences: words.assumptions,
        }),
        h(FoldedSentences, { title: `${words.sources.length} sources`, sentences: words.sources }),
        h(ScenarioPanel, { scenario, draft, answer }),
        h(SideBySide, {}),
        h(WeightsInspector, { sources }),
        h(Takeaway, { answer, draft, trafficName: nameOf(answer, trafficName) }),
      ),
    ),
  )
}

/** A file has a name; what is written in the form has none. */
const nameOf = ({ result: { asked } }: Plan, trafficName: string): string =>
  asked.workload.from === 'profile' ? trafficName : 'traffic as written here'
