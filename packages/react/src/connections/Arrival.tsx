import type { Connection } from '@latchkey/browser'
import { type ReactElement, useEffect, useId, useRef, useState } from 'react'
import { useShared } from '../provider.tsx'
import { named } from '../words.tsx'
import type { ConnectionMessages } from './messages.ts'

interface ArrivalProps {
  messages: ConnectionMessages
  /** Of a provider. */
  nameOf(id: string): string
  onTakeBack(connection: Connection): Promise<void>
  onKeep(): void
}

/**
 * Whose account has just been connected, and whether that was meant: somebody else may be signed in at the provider.
 * Takes the focus.
 */
export function Arrival({ messages, nameOf, onTakeBack, onKeep }: ArrivalProps): ReactElement | undefined {
  const { state } = useShared()
  const connected = state.status === 'signed-in' ? state.connected : undefined
  const [answered, setAnswered] = useState<Connection>()
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const open = connected !== undefined && connected !== answered
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account asks anew
  useEffect(() => box.current?.focus(), [connected])
  if (!open) return undefined
  const { provider, account } = connected
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn as a box, and there is no form
    <div role="group" aria-labelledby={id} tabIndex={-1} ref={box} data-state="new">
      <p id={id}>
        {messages.isItYours(
          <bdi key="provider">{nameOf(provider)}</bdi>,
          <strong key="account">{named(account.label ?? account.subject)}</strong>,
        )}
      </p>
      <button
        type="button"
        onClick={() => {
          setAnswered(connected)
          onKeep()
        }}
      >
        {messages.keep}
      </button>{' '}
      <button
        type="button"
        onClick={() => {
          setAnswered(connected)
          void onTakeBack(connected)
        }}
      >
        {messages.takeBack}
      </button>
    </div>
  )
}
