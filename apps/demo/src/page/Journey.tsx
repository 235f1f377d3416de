import { stations } from '@latchkey/server/look'
import type { Station } from '../journey/story.ts'
import { Icon } from './Icon.tsx'
import { Bar, Form } from './Wire.tsx'

const hops = ['form POST', 'sent on', 'callback', 'hand-off']

/** "What just happened": the journey's picture, and below it each stop's address bar and proofs. */
export function Journey({ told, connecting }: { told: Station[] | undefined; connecting: boolean }) {
  return (
    <section className="journey" aria-labelledby="journey-title">
      <h2 id="journey-title">What just happened</h2>
      <Picture told={told} />
      {told ? (
        <ol>
          {told.map((station, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the stops never move
            <Stop key={index} station={station} index={index} />
          ))}
        </ol>
      ) : (
        <p className="quiet">
          Nothing yet. {connecting ? 'Connect an account' : 'Sign in'}, and each stop is listed here: where
          the browser was, what its address bar held, and what was proved.
        </p>
      )}
    </section>
  )
}

function Picture({ told }: { told: Station[] | undefined }) {
  return (
    <ol className="picture" aria-label="The five stops of the journey">
      {stations.map(({ word, drawing }, index) => {
        const state = told?.[index]?.state ?? 'ahead'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the stops never move, and two share a word
          <li key={index} className={state}>
            <span className="disc">
              <Icon name={state === 'stopped' ? 'danger' : drawing} />
            </span>
            <span className="word">
              {word}
              {state === 'stopped' && <span className="visually-hidden">, stopped here</span>}
              {told && state === 'ahead' && <span className="visually-hidden">, not reached</span>}
            </span>
            {index > 0 && <span className="hop">{hops[index - 1]}</span>}
          </li>
        )
      })}
    </ol>
  )
}

function Stop({ station, index }: { station: Station; index: number }) {
  const { word, drawing } = stations[index] ?? stations[0]
  const { state, tells, bar, cleaned, beside, proved, after } = station
  return (
    <li className={`leg ${state}`}>
      <span className="disc">
        <Icon name={state === 'stopped' ? 'danger' : drawing} />
      </span>
      <div className="leg-title">
        <h3>
          <span className="visually-hidden">Stop </span>
          {index + 1} <span className="quiet">·</span> {word}
        </h3>
        {after !== undefined && <span className="quiet small">after {duration(after)}</span>}
        {state === 'stopped' && <span className="state danger small">stopped here</span>}
        {state === 'ahead' && <span className="quiet small">not reached</span>}
      </div>
      <p className="leg-text">{tells}</p>
      {bar && (
        <div className="leg-wire">
          <h4>In the address bar</h4>
          <Bar bar={bar} />
          {cleaned && (
            <>
              <h4>A moment later</h4>
              <Bar bar={{ address: cleaned, mark: '?', parameters: [] }} />
            </>
          )}
          {beside && (
            <details>
              <summary>{beside.title}</summary>
              <Form facts={beside.facts} />
            </details>
          )}
        </div>
      )}
      {bar && (
        <div className="leg-proofs">
          <h4>Proved here</h4>
          {proved.length === 0 && <p className="quiet">Nothing yet.</p>}
          <dl>
            {proved.map(({ by, says }) => (
              <div key={by}>
                <dt>
                  <Icon name="ok" />
                  {by}
                </dt>
                <dd>{says}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </li>
  )
}

const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)
