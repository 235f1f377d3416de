import { describe, expect, it } from 'vitest'
import { type AdmissionRules, asciiDomain, checkAdmission, lacksRequired } from './admission.ts'
import { person, vouchedFor } from './claims.ts'
import { outcomeOf } from './upstream.fixture.ts'

const judge = (
  sources: unknown[],
  rules: Partial<AdmissionRules>,
  email?: unknown,
  verified: unknown = true,
) => {
  const fields = {
    subject: 's',
    name: undefined,
    login: undefined,
    email,
    emailVerified: vouchedFor(verified, 'as-said'),
    picture: undefined,
  }
  return outcomeOf(async () => checkAdmission(sources, person(fields), { requireClaims: {}, ...rules }))
}

describe('R36 23 required claims', () => {
  const hd = { requireClaims: { hd: ['corp.example'] } }
  it.each<[string, unknown[], Partial<AdmissionRules>, boolean]>([
    ['the domain', [{ hd: 'corp.example' }], hd, true],
    ['none', [{}], hd, false],
    ['another', [{ hd: 'evil.example' }], hd, false],
    ['in capitals', [{ hd: 'Corp.example' }], hd, false],
    ['with more behind', [{ hd: 'corp.example.evil' }], hd, false],
    ['null', [{ hd: null }], hd, false],
    ['an object', [{ hd: { 0: 'corp.example' } }], hd, false],
    ['a list that holds it', [{ hd: ['a', 'corp.example'] }], hd, true],
    ['a list in a list', [{ hd: [['corp.example']] }], hd, false],
    ['one of several tenants', [{ tid: 't2' }], { requireClaims: { tid: ['t1', 't2'] } }, true],
    ['another tenant', [{ tid: 't3' }], { requireClaims: { tid: ['t1', 't2'] } }, false],
    [
      'one of two claims',
      [{ hd: 'corp.example' }],
      { requireClaims: { ...hd.requireClaims, tid: ['t'] } },
      false,
    ],
    ['true', [{ staff: true }], { requireClaims: { staff: [true] } }, true],
    ['"true"', [{ staff: 'true' }], { requireClaims: { staff: [true] } }, false],
    [
      'an address as a name',
      [{ 'https://a.example/org': 'x' }],
      { requireClaims: { 'https://a.example/org': ['x'] } },
      true,
    ],
    ['a path', [{ org: { name: 'x' } }], { requireClaims: { 'org.name': ['x'] } }, true],
    ['X12 what every object has', [{}], { requireClaims: { 'constructor.name': ['Object'] } }, false],
    ['the second source where the first is silent', [{}, { hd: 'corp.example' }], hd, true],
    [
      'not the second where the first says otherwise',
      [{ hd: 'evil.example' }, { hd: 'corp.example' }],
      hd,
      false,
    ],
    ['no answer at all', [undefined], hd, false],
    ['no rule', [{}], {}, true],
  ])('%s', async (_, sources, rules, admitted) => {
    expect(await judge(sources, rules)).toBe(admitted ? 'none' : 'access_denied claim_not_allowed')
  })

  it('tells what has to be asked for', () => {
    const rules = { requireClaims: { hd: ['x'], tid: ['y'] } }
    expect(lacksRequired({ hd: 'anything' }, rules)).toBe(true)
    expect(lacksRequired({ hd: 'anything', tid: 'anything' }, rules)).toBe(false)
    expect(lacksRequired({}, { requireClaims: {} })).toBe(false)
  })
})

describe('R36 24 25 domains of e-mail addresses', () => {
  const rules = { allowedEmailDomains: ['corp.example', asciiDomain('bücher.example')] }
  it.each<[string, unknown, unknown, boolean]>([
    ['of the domain', 'ann@corp.example', true, true],
    ['in capitals', 'Ann@CORP.Example', true, true],
    ['of an international domain', 'ann@bücher.example', true, true],
    ['the same in ASCII', 'ann@xn--bcher-kva.example', true, true],
    ['not verified', 'ann@corp.example', false, false],
    ['verified as a string', 'ann@corp.example', 'true', false],
    ['none', undefined, true, false],
    ['of another domain', 'ann@evil.example', true, false],
    ['of a domain below it', 'ann@sub.corp.example', true, false],
    ['of a domain above', 'ann@example', true, false],
    ['of one that ends alike', 'ann@evilcorp.example', true, false],
    ['24 with two signs', 'ann@evil.example@corp.example', true, false],
    ['24 with two signs, one quoted', '"ann@evil.example"@corp.example', true, false],
    ['25 with a look-alike of the sign', 'ann@evil.example＠corp.example', true, false],
    ['25 with nothing but the look-alike', 'ann＠corp.example', true, false],
    ['25 with full-width letters', 'ann@ｃorp.example', true, false],
    ['with a dot at the end', 'ann@corp.example.', true, false],
    ['with a space at the end', 'ann@corp.example ', true, false],
    ['with a null character', 'ann@corp.example\u0000.evil', true, false],
  ])('%s', async (_, email, verified, admitted) => {
    const expected = admitted ? 'none' : 'access_denied email_domain_not_allowed'
    expect(await judge([{}], rules, email, verified)).toBe(expected)
  })
})
