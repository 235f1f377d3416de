import type { ProviderOutcome, ProviderOutcomeStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { prepare } from './statement.ts'
import type { ProviderOutcomesTable } from './tables.ts'

export function createProviderOutcomeStore(engine: Engine): ProviderOutcomeStore {
  const db = engine.compiler

  const add = prepare<ProviderOutcomesTable & { more: number; later: number; at: number }>()((argument) =>
    db
      .insertInto('provider_outcomes')
      .values({
        provider: argument('provider'),
        outcome: argument('outcome'),
        count: argument('count'),
        first_at: argument('first_at'),
        last_at: argument('last_at'),
      })
      .onConflict((conflict) =>
        conflict.columns(['provider', 'outcome']).doUpdateSet((eb) => ({
          count: eb('provider_outcomes.count', '+', argument('more')),
          // Processes write when they get to it, so what comes later may have been before.
          last_at: eb
            .case()
            .when('provider_outcomes.last_at', '<', argument('later'))
            .then(argument('at'))
            .else(eb.ref('provider_outcomes.last_at'))
            .end(),
        })),
      ),
  )

  const list = prepare()(() =>
    db
      .selectFrom('provider_outcomes')
      .select(['provider', 'outcome', 'count', 'first_at', 'last_at'])
      .orderBy('provider')
      .orderBy('outcome'),
  )

  return {
    add: (outcomes) =>
      engine.transaction(function* () {
        // In one order, or processes that write at once would wait for each other.
        for (const { provider, outcome, count, firstAt, lastAt } of outcomes.toSorted(byName)) {
          const row = { provider, outcome, count, first_at: firstAt, last_at: lastAt }
          yield* run(add({ ...row, more: count, later: lastAt, at: lastAt }))
        }
        return { commit: undefined }
      }),

    async list() {
      const rows = await engine.read(list({}))
      return rows.map(({ first_at: firstAt, last_at: lastAt, ...row }) => ({ ...row, firstAt, lastAt }))
    },
  }
}

const nameOf = ({ provider, outcome }: ProviderOutcome): string => `${provider} ${outcome}`
const byName = (a: ProviderOutcome, b: ProviderOutcome): number => (nameOf(a) < nameOf(b) ? -1 : 1)
