import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { storageConformance } from '../conformance.ts'

const base = process.env.PGDEV ?? 'postgres://postgres@127.0.0.1:54329'
const admin = async (text: string) => {
  const client = new pg.Client({ connectionString: `${base}/postgres` })
  await client.connect()
  await client.query(text)
  await client.end()
}

storageConformance('PostgreSQL', async () => {
  const name = `t${randomUUID().replaceAll('-', '')}`
  await admin(`create database ${name} template template0`)
  return {
    config: { engine: 'postgres', url: `${base}/${name}`, size: 10 },
    dispose: () => admin(`drop database ${name} with (force)`),
  }
})
