import { expect, it } from 'vitest'
import { testConfig } from '../../config/config.fixture.ts'
import { type Config, resolveConfig } from '../../config/index.ts'
import { limitFindings } from './limits.ts'

const base = resolveConfig({ ...testConfig, trusted_proxies: ['127.0.0.1'] }, { env: {}, baseDir: '/' })
const { rateLimits } = base
const memory = rateLimits === false ? rateLimits : { ...rateLimits, storage: 'memory' as const }
const shared = rateLimits === false ? rateLimits : { ...rateLimits, storage: 'postgres' as const }
const postgres: Config['storage'] = { engine: 'postgres', url: 'postgres://db', size: 1 }

it.each<[string, Partial<Config>, string[]]>([
  ['well', {}, ['ok']],
  ['X02 no proxy is listed', { trustedProxies: [] }, ['warn']],
  ['on loopback there need be none', { trustedProxies: [], issuer: 'http://127.0.0.1:4000' }, ['ok']],
  ['X03 each process for itself', { storage: postgres, rateLimits: memory }, ['warn']],
  ['together', { storage: postgres, rateLimits: shared }, ['ok']],
  ['both', { trustedProxies: [], storage: postgres, rateLimits: memory }, ['warn', 'warn']],
  ['off', { rateLimits: false, trustedProxies: [] }, []],
])('%s', (_, changes, verdicts) => {
  const findings = limitFindings({ ...base, ...changes })
  expect(findings.map(({ verdict }) => verdict)).toEqual(verdicts)
})
