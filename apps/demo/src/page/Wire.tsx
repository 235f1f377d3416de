import type { AddressBar, Fact } from '../journey/story.ts'

/** An address bar, a parameter a line: what is no secret as it was, the rest by its length. */
export function Bar({ bar: { address, mark, parameters } }: { bar: AddressBar }) {
  const { origin, pathname } = new URL(address)
  return (
    <div className="bar">
      <p>
        {origin}
        <wbr />
        {pathname}
      </p>
      <Lines facts={parameters} mark={(index) => (index === 0 ? mark : '&')} />
    </div>
  )
}

/** The fields of a form, or the attributes of a cookie. */
export function Form({ facts }: { facts: Fact[] }) {
  return (
    <div className="bar">
      <Lines facts={facts} mark={() => ''} />
    </div>
  )
}

function Lines({ facts, mark }: { facts: Fact[]; mark: (index: number) => string }) {
  if (facts.length === 0) return null
  return (
    <dl>
      {facts.map(({ name, value, length, note }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and they never move
        <div key={index}>
          <dt>
            <span className="quiet">{mark(index)}</span>
            {name}
            <span className="quiet">=</span>
          </dt>
          <dd>
            {value ?? <span className="masked">{length} characters</span>}
            {note && <span className="note"> {note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
