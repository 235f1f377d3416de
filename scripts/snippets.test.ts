import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { blocks, documents, root } from './documents.ts'

/** Blocks that begin with "```ts check" stand alone: what they use they import. */
const snippets = documents.flatMap((document) =>
  blocks(document, 'ts check').map((text, index) => ({
    name: `${document.replaceAll(/[/.]/g, '-')}-${index + 1}.ts`,
    text: `${text}\nexport {}\n`,
  })),
)

it('every TypeScript example of the documentation type-checks', { timeout: 60_000 }, async () => {
  expect(snippets.length).toBeGreaterThan(5)
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'snippets-'))
  try {
    const compilerOptions = { noEmit: true, types: ['node'], allowImportingTsExtensions: true }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'], exclude: [] }),
    )
    for (const { name, text } of snippets) writeFileSync(join(folder, name), text)
    const said = await promisify(execFile)('tsc', ['-p', folder, '--pretty', 'false'], { cwd: folder }).then(
      () => '',
      ({ stdout, message }: { stdout?: string; message: string }) => stdout || message,
    )
    // Mistakes in our own sources are for the check of types to find.
    const lines = said.split('\n').filter((line) => line !== '' && !line.startsWith('../'))
    expect(lines).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
