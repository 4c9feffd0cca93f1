// Reads an export by its datapackage.json with Frictionless: node package.mjs DIR. Every
// cell has to be of its type, no key may come twice, and what a row refers to is there.
import datapackage from 'datapackage'

const dir = process.argv[2]
const data = await datapackage.Package.load(`${dir}/datapackage.json`)
if (!data.valid) throw new Error(data.errors.map(e => e.message).join('\n'))
let rows = 0
for (const resource of data.resources) {
  try {
    const found = await resource.read({ relations: true })
    if (found.length !== resource.descriptor.rows) throw new Error(`${found.length} rows, not ${resource.descriptor.rows}`)
    rows += found.length
  } catch (e) {
    throw new Error([resource.name, e.message, ...(e.errors ?? []).map(x => x.message)].join(': '))
  }
}
if (rows === 0) throw new Error('nothing was read')
console.log(`${rows} rows`)
