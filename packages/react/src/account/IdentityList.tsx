import type { ReactElement } from 'react'
import { type ButtonsProps, ProviderButtons, type StartOptions } from '../ProviderButtons.tsx'
import { useShared } from '../provider.tsx'
import { Time } from '../words.tsx'
import { AccountList, ProviderName } from './AccountList.tsx'

export interface IdentityListProps extends StartOptions, Pick<ButtonsProps, 'render'> {
  className?: string
}

/**
 * What signs the user in, each with a button to unlink it unless it is the only one, and a button for each provider to
 * link another. Nothing while nobody is signed in. Other properties are options of `identities.link`.
 */
export function IdentityList({ className, render, ...options }: IdentityListProps): ReactElement {
  const { auth, messages } = useShared()
  const { identities } = auth
  return (
    <AccountList
      className={className}
      label={messages.identities}
      load={identities.list}
      name={({ label, subject }) => label ?? subject}
      details={({ provider, createdAt }) => (
        <small>
          <ProviderName id={provider} />, {messages.linkedSince(<Time key="time" of={createdAt} />)}
        </small>
      )}
      action={messages.unlink}
      remove={({ id }) => identities.unlink(id)}
      removed={messages.unlinked}
      onlyOne={messages.onlyIdentity}
      footer={(reload) => (
        <ProviderButtons
          {...{ render }}
          label={messages.linkAnother}
          text={messages.linkWith}
          begin={(given) => identities.link({ ...options, ...given }).then(reload)}
        />
      )}
    />
  )
}
