import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import { documents, read, root } from './documents.ts'

interface Link {
  text: string
  path: string
  anchor: string
}

const withoutCode = (markdown: string): string =>
  markdown
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ''))

/** The links of a document to other files of the repository. */
function linksOf(document: string): Link[] {
  return [...withoutCode(read(document)).matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)]
    .map(([, text = '', target = '']) => ({ text, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target))
    .map(({ text, target }) => {
      const [path = '', anchor = ''] = target.split('#')
      return { text, anchor, path: path === '' ? document : join(dirname(document), path) }
    })
}

/** What headings are called in addresses: as GitHub does it. */
function anchorsOf(document: string): string[] {
  const text = read(document).replaceAll(/^```[\s\S]*?^```$/gm, '')
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

const requirements = read('docs/requirements.md')

describe.each(documents)('%s', (document) => {
  it('links to what is there', () => {
    const broken = linksOf(document).filter(({ path, anchor }) => {
      if (!existsSync(join(root, path))) return true
      return anchor !== '' && path.endsWith('.md') && !anchorsOf(path).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('cites only tests that guard the rows it names', () => {
    const wrong = linksOf(document)
      .filter(({ path }) => path.endsWith('.test.ts') && existsSync(join(root, path)))
      .flatMap(({ text, path }) =>
        (text.match(/\b[RABSX]\d\d\b/g) ?? [])
          .filter((row) => !read(path).includes(row))
          .map((row) => `${row} in ${path}`),
      )
    expect(wrong).toEqual([])
  })

  it('cites only rules that docs/requirements.md has', () => {
    const cited = linksOf(document).flatMap(({ text }) => text.match(/\b[RABSX]\d\d\b/g) ?? [])
    expect(cited.filter((rule) => !requirements.includes(`| ${rule} |`))).toEqual([])
  })
})
