// Measures the tables of an export in Parquet with hyparquet: node parquet.mjs DIR TABLE…
// It prints, by table, how many rows there are, and of each column its type, how many
// values are null, and the sum of what the others measure (see readers_test.go).
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const kinds = { STRING: 'text', DATE: 'date', JSON: 'json', LIST: 'list', INTEGER: 'integer' }

function kind({ type, logical_type }) {
  return kinds[logical_type?.type] ?? { DOUBLE: 'real', BOOLEAN: 'boolean' }[type] ?? `${type}`
}

function measure(kind, value) {
  switch (kind) {
    case 'integer': return value
    case 'real': return value
    case 'boolean': return value ? 1 : 0
    case 'date': return value.getTime() / 86400000
    case 'list': return value.reduce((sum, text) => sum + [...text].length, value.length)
    case 'text': return [...value].length
  }
  return 1
}

const [dir, ...tables] = process.argv.slice(2)
const found = {}
for (const table of tables) {
  const file = await asyncBufferFromFile(`${dir}/${table}.parquet`)
  const metadata = await parquetMetadataAsync(file)
  const rows = await parquetReadObjects({ file, metadata, compressors })
  const columns = {}
  for (const { element } of parquetSchema(metadata).children) {
    const c = { kind: kind(element), nulls: 0, sum: kind(element) === 'integer' ? 0n : 0 }
    for (const row of rows) {
      const value = row[element.name]
      if (value === null || value === undefined) c.nulls++
      else c.sum += measure(c.kind, value)
    }
    c.sum = Number(c.sum)
    columns[element.name] = c
  }
  found[table] = { rows: rows.length, columns }
}
console.log(JSON.stringify(found))
