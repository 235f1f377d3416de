import type { ReactNode } from 'react'
import type { Claim } from './claims.ts'

const first = ['sub', 'aud', 'exp', 'cnf']

/** The access token, decoded. The token itself is not shown: whoever looks over a shoulder learns nothing. */
export function Token({ claims, children }: { claims: Claim[]; children: ReactNode }) {
  return (
    <section className="card" aria-labelledby="token-title">
      <h2 id="token-title">Your access token says</h2>
      {children}
      <Claims claims={claims.filter(({ name }) => first.includes(name))} />
      <details>
        <summary>The other {claims.length - first.length} claims</summary>
        <Claims claims={claims.filter(({ name }) => !first.includes(name))} />
      </details>
    </section>
  )
}

function Claims({ claims }: { claims: Claim[] }) {
  return (
    <dl className="pairs">
      {claims.map(({ name, value, meaning }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <span className="wire lines">{value}</span>
            {meaning && <span className="note">{meaning}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
