import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../api/openapi.ts'
import { catalog } from '../../model/catalog.ts'
import { localApp } from './local-app.ts'

const document = JSON.parse(JSON.stringify(openapi()))

describe('the contract', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  test('points only to what it has', () => {
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path = '']) => path,
    )
    const missing = pointers.filter(
      (path) => path.split('/').reduce((part, step) => part?.[step], document) === undefined,
    )
    expect([...new Set(missing)]).toEqual([])
  })

  test('has every route that the service has, and no other', () => {
    const served = localApp()
      .routes.filter(({ method, path }) => method !== 'ALL' && (path.startsWith('/v1') || path === '/health'))
      .map(({ method, path }) => `${method} ${path.replace(/:id(\{\.\+\})?/, '{id}')}`)
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.filter((route) => route !== 'GET /ready').toSorted()).toEqual(
      [...new Set(served)].toSorted(),
    )
  })

  test('gives each field of memory its title, unit, bounds, default and examples', () => {
    const { model, precision, unit } = document.components.schemas.MemoryInput.properties
    expect(model).toMatchObject({ title: 'Model', 'x-unit': 'parameter', examples: expect.any(Array) })
    expect(precision).toMatchObject({ $ref: '#/components/schemas/Precision' })
    expect(unit).toMatchObject({ default: 'GB', enum: expect.arrayContaining(['GiB']) })
    expect(document.components.schemas.GpusNeededInput.properties.usableShare).toMatchObject({
      exclusiveMinimum: 0,
      maximum: 1,
      default: 1,
    })
  })

  test.each(catalog.map(({ id }) => [id]))('%s can fail as a problem document', (id) => {
    const { post } = document.paths[`/v1/${id}`]
    expect(Object.keys(post.responses)).toEqual(['200', '400', '404', '413', '415', '422'])
  })
})
