import type { Connection, ProviderId } from '@latchkey/browser'
import { type ReactElement, type ReactNode, useMemo, useRef, useState } from 'react'
import { Problem } from '../Problem.tsx'
import type { StartOptions } from '../ProviderButtons.tsx'
import { AuthProvider, useShared } from '../provider.tsx'
import { useAttempt } from '../use-attempt.ts'
import { named } from '../words.tsx'
import { Account } from './Account.tsx'
import { Arrival } from './Arrival.tsx'
import type { ConnectionMessages } from './messages.ts'
import { useConnections } from './use-connections.ts'

export interface ConnectionListProps extends StartOptions {
  className?: string
  /** `en` of `@latchkey/react/connections/en`, or a catalogue of your own. */
  messages: ConnectionMessages
  /** What to ask a provider for, where it is not what the server's configuration says. */
  scopes?: Partial<Record<ProviderId, readonly string[]>>
  /** With each account: what it can be used for, say. `reload` asks for the list anew. */
  children?: (connection: Connection, reload: () => Promise<void>) => ReactNode
}

/**
 * The providers that can be connected, each with the user's accounts there, how they are, and what can be done about it.
 * Nothing while nobody is signed in. Other properties are options of `connections.connect`.
 */
export function ConnectionList(props: ConnectionListProps): ReactElement | undefined {
  const { auth, messages, state } = useShared()
  const { errors } = props.messages
  const words = useMemo(() => ({ ...messages, ...errors }), [messages, errors])
  if (state.status !== 'signed-in') return undefined
  return (
    <AuthProvider auth={auth} messages={words}>
      <Providers key={state.user.sub} {...props} />
    </AuthProvider>
  )
}

/** What became of a disconnecting. */
interface Removal {
  said?: ReactNode
  error?: Error
  again?: () => unknown
}

/** What leaves for a provider: a button's. */
interface Leaving {
  button: string
  provider: { id: string; name: string }
  connectionId?: string
}

function Providers({ className, messages, scopes, children, ...options }: ConnectionListProps): ReactElement {
  const { auth, state, messages: common } = useShared()
  const { connections, catalog = [], error: unlisted, reload } = useConnections()
  const [{ said, error: unremoved, again }, set] = useState<Removal>({})
  const group = useRef<HTMLDivElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  const {
    leaving,
    error: failed,
    retry,
    begin,
  } = useAttempt<Leaving>((what, more) => {
    set({})
    const provider = what.provider.id
    const asked = what.connectionId === undefined ? scopes?.[provider] : undefined
    return auth.connections.connect({
      ...options,
      ...more,
      provider,
      ...(asked && { scopes: asked }),
      ...(what.connectionId !== undefined && { connectionId: what.connectionId }),
    })
  })

  const disconnect = (connection: Connection): Promise<void> =>
    auth.connections.disconnect(connection.id).then(
      async ({ revokedAtProvider }) => {
        // The button goes away with its account.
        status.current?.focus()
        set({ said: messages.disconnected(named(nameOf(connection)), revokedAtProvider) })
        await reload()
      },
      (error: Error) => set({ error, again: () => disconnect(connection) }),
    )

  const ended = state.status === 'signed-in' ? state.error : undefined
  const error = unremoved ?? failed ?? unlisted ?? ended
  const remedy = again ?? retry ?? (unlisted && reload)
  const known = catalog.map(({ id, name }) => ({ id, name, offered: true }))
  // Of providers that can be connected no longer, accounts may be left.
  const gone = [...new Set(connections?.map(({ provider }) => provider))]
    .filter((id) => !known.some((provider) => provider.id === id))
    .map((id) => ({ id, name: id, offered: false }))

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn as a box, and there is no form
    <div className={className} role="group" aria-label={messages.connections} tabIndex={-1} ref={group}>
      {error && !leaving && (
        <Problem error={error}>
          {remedy && (
            <button
              type="button"
              onClick={() => {
                // The button goes away with the problem.
                group.current?.focus()
                set({})
                remedy()
              }}
            >
              {failed?.action === 'redirect' ? common.useRedirect : common.tryAgain}
            </button>
          )}
        </Problem>
      )}
      <Arrival
        messages={messages}
        nameOf={(id) => catalog.find((entry) => entry.id === id)?.name ?? id}
        onTakeBack={disconnect}
        onKeep={() => status.current?.focus()}
      />
      <ul>
        {connections &&
          [...known, ...gone].map((provider) => {
            const accounts = connections.filter((connection) => connection.provider === provider.id)
            const { id, name, offered } = provider
            return (
              <li key={id}>
                <strong>{named(name)}</strong>{' '}
                {accounts.length === 0 ? (
                  <span data-state="none">{messages.notConnected}</span>
                ) : (
                  <ul>
                    {accounts.map((connection) => (
                      <Account
                        key={connection.id}
                        {...{ connection, messages }}
                        busy={leaving?.button === connection.id}
                        onReconnect={() =>
                          begin({ button: connection.id, provider, connectionId: connection.id })
                        }
                        onDisconnect={() => disconnect(connection)}
                      >
                        {children?.(connection, reload)}
                      </Account>
                    ))}
                  </ul>
                )}
                {offered && (
                  <button
                    type="button"
                    aria-busy={leaving?.button === id}
                    onClick={({ detail }) => detail < 2 && begin({ button: id, provider })}
                  >
                    {accounts.length === 0
                      ? messages.connect(named(name))
                      : messages.connectAnother(named(name))}
                  </button>
                )}
              </li>
            )
          })}
      </ul>
      <p role="status" tabIndex={-1} ref={status}>
        {leaving
          ? common.leaving(named(leaving.provider.name))
          : (said ??
            (connections ? known.length + gone.length === 0 && messages.nothing : !error && common.loading))}
      </p>
    </div>
  )
}

const nameOf = ({ account }: Connection) => account.label ?? account.subject
