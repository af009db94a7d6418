import { plan } from '../model/compare/plan.ts'
import { fieldsOf } from '../model/fields.ts'
import { Workload } from '../model/workload/workload.ts'
import type { Form } from './page-data.ts'

/** The fields of the catalog's own schemas, from which the page makes its form. */
export const form: Form = {
  question: fieldsOf(plan).filter(({ name }) => name !== 'workload'),
  workloads: Workload.options.map((input) => {
    const from = input.shape.from.value
    const fields = fieldsOf({ id: from, input }).filter(
      ({ name, type }) => name !== 'from' && type !== 'object',
    )
    return { from, fields }
  }),
}
