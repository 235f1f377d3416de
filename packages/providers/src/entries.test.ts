import { describe, expect, test } from 'vitest'
import { catalogue, entryOf } from './catalogue.ts'
import { all, fileNames, textOf } from './entries.fixture.ts'
import type { Entry } from './entry.ts'
import { quirks, rulesFor } from './quirks/index.ts'
import { signsIn } from './signs-in.ts'

/** Subjects that look like a login name and are an id for good, and why. */
const namesForGood: Readonly<Record<string, string>> = {
  edx: 'Open edX lets nobody change a username and gives none out again.',
}

test('every file is in the list, under its own id, once', () => {
  expect(catalogue.map(({ id }) => id)).toEqual([...fileNames].sort())
  for (const name of fileNames) expect(textOf(name)).toContain(`  id: '${name}',\n`)
  for (const name of fileNames) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  expect(catalogue.length).toBeGreaterThanOrEqual(300)
  expect(entryOf('github')?.name).toBe('GitHub')
  expect(entryOf('__proto__')).toBeUndefined()
})

test('none has anything left to do', () => {
  expect(fileNames.filter((name) => /TODO|FIXME/.test(textOf(name)))).toEqual([])
})

const sentence = /^\S[^\n]{8,}[^.\s]\.$/

const sentencesOf = (entry: Entry): string[] => [
  ...(entry.traps ?? []),
  ...(entry.verified.decisions ?? []),
  ...[entry.ending, entry.refresh.note].filter((text) => text !== undefined),
  ...('because' in entry.identity ? [entry.identity.because] : []),
]

describe.each(all)('%s', (id, entry) => {
  const { endpoints, identity, protocol, refresh, verified, wire = {} } = entry

  test('it says what its protocol needs', () => {
    expect(entry.name).toMatch(/^\S(.{0,38}\S)?$/)
    expect(protocol === 'oauth1').toBe(entry.oauth1 !== undefined)
    expect(protocol === 'oauth1').toBe(endpoints.requestToken !== undefined)
    expect(protocol === 'oidc').toBe(identity.from === 'id-token')
    if (protocol === 'oidc') {
      expect(entry.issuer).toBeDefined()
      expect(entry.scopes?.signIn).toContain('openid')
    } else {
      expect(endpoints.authorization).toBeDefined()
      expect(endpoints.token).toBeDefined()
      expect(endpoints.discovery).toBeUndefined()
    }
  })

  test('its endpoints and its rules fit together', () => {
    const rules = rulesFor(entry.quirks ?? [], wire)
    if (identity.from === 'userinfo') expect(endpoints.userinfo).toBeDefined()
    expect('emails' in identity && identity.emails !== undefined).toBe(endpoints.emails !== undefined)
    expect(wire.exchange === undefined).toBe(endpoints.exchange === undefined)
    if (wire.refreshExchange !== undefined) {
      expect(endpoints.refresh).toBeDefined()
      // An access token that has ended renews nothing.
      expect((refresh.endsUnusedAfterDays ?? 0) * 86_400).toBe(refresh.accessTokenSeconds)
    }
    if ((wire.revocation ?? wire.revocationRequest) !== undefined) expect(endpoints.revocation).toBeDefined()
    if (rules.userinfoBody !== undefined) expect(rules.userinfoMethod).toBe('POST')
    if (refresh.neverExpires === true) expect(refresh.accessTokenSeconds).toBeUndefined()
    if (refresh.omitted === true) expect(refresh.rotates).not.toBe(true)
    if (refresh.issued === 'no') expect(refresh.rotates ?? refresh.omitted).toBeUndefined()
  })

  test('its subject is no name that can change', () => {
    const paths = 'subject' in identity ? [identity.subject].flat() : []
    const names = paths.filter((path) =>
      /^(e?-?mail(_?address)?|emails?|log_?in|(user|screen|display|full|real)?_?name|nick(_?name)?|handle|slug)$/i.test(
        path.split('.').findLast((step) => !/^\d+$/.test(step)) ?? '',
      ),
    )
    // One part that cannot change is enough.
    expect(names.length > 0 && names.length === paths.length).toBe(id in namesForGood)
    if (identity.from === 'id-token' || identity.from === 'nothing') expect(paths).toEqual([])
    else expect(paths.length).toBeGreaterThan(0)
    // One of the two it is for.
    if (entry.signInOnly === true) expect(signsIn(entry)).toBe(true)
  })

  test('it names quirks that exist, and none that follows from its other fields', () => {
    for (const name of entry.quirks ?? []) {
      expect([name, quirks.has(name)]).toEqual([name, true])
      expect([name, quirks.get(name)?.holds?.(entry) ?? false]).toEqual([name, false])
    }
    expect(new Set(entry.quirks).size).toBe(entry.quirks?.length ?? 0)
  })

  test('it says how well it is known, in sentences', () => {
    expect(verified.on).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
    expect(verified.sources).toBeGreaterThanOrEqual(1)
    if (verified.degree === 'documentation') expect(verified.urls?.length).toBeGreaterThan(0)
    for (const text of sentencesOf(entry)) expect(text).toMatch(sentence)
    expect(entry.traps?.length ?? 1).toBeLessThanOrEqual(3)
    for (const link of [...Object.values(entry.links), ...(verified.urls ?? [])]) {
      expect(URL.parse(link)?.protocol).toBe('https:')
    }
  })
})
