import type { ReactElement } from 'react'
import { useShared } from '../provider.tsx'
import { Time } from '../words.tsx'
import { AccountList, ProviderName } from './AccountList.tsx'

export interface SessionListProps {
  className?: string
}

/** Where the user is signed in, each with a button to sign out there. Nothing while nobody is signed in. */
export function SessionList({ className }: SessionListProps): ReactElement {
  const { auth, messages } = useShared()
  return (
    <AccountList
      className={className}
      label={messages.sessions}
      load={auth.sessions.list}
      name={({ device }) => device ?? messages.unknownDevice}
      details={({ current, lastUsedAt, provider }) => (
        <>
          {current && <strong>{messages.thisSession}</strong>}{' '}
          <small>
            <ProviderName id={provider} />, {messages.lastUsed(<Time key="time" of={lastUsedAt} />)}
          </small>
        </>
      )}
      action={messages.signOut}
      remove={({ id, current }) => (current ? auth.signOut() : auth.sessions.revoke(id))}
      removed={messages.signedOut}
    />
  )
}
