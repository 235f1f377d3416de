import type { DemoConfig } from '../config.ts'

/** Where everything runs: six origins on two sites. */
export function Places({ config }: { config: DemoConfig }) {
  const places = [
    ['This page', config.page],
    ['Latchkey', config.issuer],
    ['Fake provider', config.provider],
    ['Apps to connect', config.apps],
    ['Notes service', config.services.notes],
    ['Billing service', config.services.billing],
  ]
  return (
    <section className="places" aria-labelledby="places-title">
      <h2 id="places-title">Where everything runs</h2>
      <dl className="pairs">
        {places.map(([what, origin]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd className="wire">{origin}</dd>
          </div>
        ))}
      </dl>
      <h2>What to try</h2>
      <ol className="tries">
        <li>Sign in and look at the address bar, then at each stop below.</li>
        <li>Call the notes service, then the billing service.</li>
        <li>
          Look at your account: end a session elsewhere, link a second way to sign in, open a tab beside this
          one.
        </li>
        <li>Connect an app, let a service use it, and make its provider misbehave.</li>
        <li>Open the drawer of mishaps and try to sign yourself out by breaking things.</li>
        <li>
          Sign in as Dan Novak, who denies consent, or with the provider that is down, and see where the
          journey stops.
        </li>
      </ol>
    </section>
  )
}
