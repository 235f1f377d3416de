import type { ReactElement } from 'react'
import { type ButtonsProps, ProviderButtons, type StartOptions } from './ProviderButtons.tsx'
import { useShared } from './provider.tsx'

export interface SignInButtonsProps extends ButtonsProps, StartOptions {}

/**
 * A native button for each provider, named after it; and what became of the last sign-in, if it failed. Other
 * properties are options of `signIn`.
 */
export function SignInButtons({ className, render, error, ...options }: SignInButtonsProps): ReactElement {
  const { auth, messages } = useShared()
  return (
    <ProviderButtons
      {...{ className, render, error }}
      label={messages.signIn}
      text={messages.signInWith}
      begin={(given) => auth.signIn({ ...options, ...given })}
    />
  )
}
