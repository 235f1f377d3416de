import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** What ships: tests and the material of tests apart. */
const shipped = globSync(
  ['packages/*/src/**/*.{ts,tsx,mjs}', 'packages/*/bin/**/*.mjs', 'apps/*/src/**/*.{ts,tsx}'],
  {
    cwd: root,
  },
).filter((file) => !/\.(?:test|fixture)\.tsx?$|\/storage\/conformance/.test(file))

const forbidden: [name: string, sign: RegExp][] = [
  ['Math.random', /\bMath\s*(?:\.|\[\s*['"`])\s*random/],
  // Made here; what providers call by that name is theirs.
  ['a UUID', /randomUUID|\b(?:uuid|v4|uuidv\d)\s*\(|['"`]uuid['"`]\s*\)|from ['"]uuid/i],
  ['pseudoRandomBytes', /pseudoRandomBytes/],
  ['the time as chance', /Date\.now\(\)\s*\.toString\(\s*(?:16|32|36)\s*\)/],
  [
    'MD5 or SHA-1',
    /\b(?:createHash|createHmac|hash)\(\s*['"`](?:md5|sha-?1)['"`]|digest\(\s*['"`]SHA-1['"`]/i,
  ],
  ['a cipher without a tag', /aes-\d+-(?:cbc|ctr|ecb)|createCipher\(/i],
]

describe('X09 chance comes from node:crypto or WebCrypto', () => {
  it('X09 looks at the packages', () => {
    expect(shipped.length).toBeGreaterThan(150)
    expect(shipped).toContain('packages/server/src/ids.ts')
    expect(shipped).toContain('packages/browser/src/encoding.ts')
  })

  it.each(forbidden)('X09 nothing that ships uses %s', (_, sign) => {
    const found = shipped.flatMap((file) => {
      const lines = readFileSync(join(root, file), 'utf8').split('\n')
      return lines.flatMap((line, index) =>
        sign.test(line) ? [`${relative('.', file)}:${index + 1}: ${line.trim()}`] : [],
      )
    })
    expect(found).toEqual([])
  })
})
