import type { Connection } from '@latchkey/browser'
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useShared } from '../provider.tsx'
import { named, Time } from '../words.tsx'
import type { ConnectionMessages } from './messages.ts'

interface AccountProps {
  connection: Connection
  messages: ConnectionMessages
  /** The page leaves to connect it anew. */
  busy: boolean
  onReconnect(): void
  onDisconnect(): Promise<void>
  children: ReactNode
}

/** One connected account: whose it is, how it is in words, and what can be done. Buttons are named with the account. */
export function Account(props: AccountProps): ReactElement {
  const { connection, messages, busy, onReconnect, children } = props
  const { messages: common } = useShared()
  const id = useId()
  const { account, connectedAt, lastUsedAt } = connection
  const { state, text, remedy } = conditionOf(connection, messages)
  return (
    <li>
      <span id={`${id}name`}>{named(account.label ?? account.subject)}</span>{' '}
      <span data-state={state}>{text}</span>{' '}
      <small>
        {messages.connectedSince(<Time key="time" of={connectedAt} />)}
        {lastUsedAt && ['. ', common.lastUsed(<Time key="time" of={lastUsedAt} />)]}
      </small>{' '}
      {children}
      {remedy !== undefined && (
        <button
          type="button"
          id={`${id}again`}
          aria-labelledby={`${id}again ${id}name`}
          aria-busy={busy}
          onClick={({ detail }) => detail < 2 && onReconnect()}
        >
          {remedy}
        </button>
      )}
      <Disconnect {...props} id={id} />
    </li>
  )
}

interface Condition {
  state: 'ok' | 'limited' | 'expiring' | 'broken'
  text: ReactNode
  /** On the button that mends it. */
  remedy?: string
}

function conditionOf(
  { status, reason, expiresAt, scopes }: Connection,
  words: ConnectionMessages,
): Condition {
  const { reasons, reconnect } = words
  if (status === 'needs_reconnect')
    return { state: 'broken', text: reasons[reason ?? 'other'] ?? reasons.other, remedy: reconnect }
  if (status === 'expiring' && expiresAt)
    return { state: 'expiring', text: words.expiring(<Time key="time" of={expiresAt} />), remedy: reconnect }
  // Nobody takes the protocol's own away, and providers seldom name them among what they granted.
  const missing = scopes.requested.filter(
    (scope) => !/^(openid|offline_access)$/.test(scope) && !scopes.granted.includes(scope),
  )
  if (missing.length === 0) return { state: 'ok', text: words.connected }
  const list = <bdi key="scopes">{missing.join(', ')}</bdi>
  return { state: 'limited', text: words.limited(list), remedy: words.allowMore }
}

/** A button that asks before it does it. */
function Disconnect({ connection, messages, onDisconnect, id }: AccountProps & { id: string }): ReactElement {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const question = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const asked = useRef(false)
  useEffect(() => {
    if (asking) question.current?.focus()
    else if (asked.current) button.current?.focus()
    asked.current = asking
  }, [asking])

  if (!asking)
    return (
      <button
        type="button"
        id={id}
        aria-labelledby={`${id} ${id}name`}
        ref={button}
        onClick={() => setAsking(true)}
      >
        {messages.disconnect}
      </button>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn as a box, and there is no form
    <div
      role="group"
      aria-labelledby={`${id}question`}
      tabIndex={-1}
      ref={question}
      onKeyDown={({ key }) => key === 'Escape' && setAsking(false)}
    >
      <p id={`${id}question`}>
        {messages.confirm(named(connection.account.label ?? connection.account.subject))}
      </p>
      <button
        type="button"
        aria-busy={busy}
        onClick={() => {
          if (busy) return
          setBusy(true)
          void onDisconnect().finally(() => setBusy(false))
        }}
      >
        {messages.confirmed}
      </button>{' '}
      <button type="button" onClick={() => setAsking(false)}>
        {messages.cancel}
      </button>
    </div>
  )
}
