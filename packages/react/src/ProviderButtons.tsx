import type { AuthError, Provider, ProviderId, SignInOptions } from '@latchkey/browser'
import { type ComponentProps, type ReactElement, type ReactNode, useRef } from 'react'
import { Problem } from './Problem.tsx'
import { useShared } from './provider.tsx'
import { useAttempt } from './use-attempt.ts'
import { useList } from './use-list.ts'
import { named } from './words.tsx'

export type StartOptions = Omit<SignInOptions, 'provider' | 'signal'>

export interface ButtonsProps {
  className?: string | undefined
  /** Makes each button of its properties, children included: `(props, provider) => <Button {...props} />`. */
  render?: ((props: ComponentProps<'button'>, provider: Provider) => ReactNode) | undefined
  /** Told instead of why the last attempt or the session ended. */
  error?: Error | undefined
}

/** What a state may tell about why. */
interface Ended {
  status: string
  error?: AuthError
  reason?: AuthError
}

interface ProviderButtonsProps extends ButtonsProps {
  label: string
  text(provider: ReactElement): ReactNode
  /** Leaves for the provider. */
  begin(options: StartOptions & { provider: ProviderId; signal: AbortSignal }): Promise<void>
}

/** A native button for each provider that signs in, named after it; and what became of the last attempt, if it failed. */
export function ProviderButtons(props: ProviderButtonsProps): ReactElement {
  const { auth, state, messages } = useShared()
  const [{ items, error: unlisted }, ask] = useList(auth.providers)
  const {
    leaving,
    error: failed,
    retry,
    begin,
  } = useAttempt<Provider>((provider, more) => props.begin({ ...more, provider: provider.id }))
  const group = useRef<HTMLDivElement>(null)

  const { error: unfinished, reason = unfinished }: Ended = state
  const error = unlisted ?? failed ?? props.error ?? reason
  const again = unlisted ? ask : retry
  const providers = items?.filter(({ signIn }) => signIn)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn as a box, and there is no form
    <div className={props.className} role="group" aria-label={props.label} tabIndex={-1} ref={group}>
      {error && !leaving && (
        <Problem error={error}>
          {again && (
            <button
              type="button"
              onClick={() => {
                // The button goes away with the problem.
                group.current?.focus()
                again()
              }}
            >
              {failed?.action === 'redirect' ? messages.useRedirect : messages.tryAgain}
            </button>
          )}
        </Problem>
      )}
      <ul>
        {providers?.map((provider) => {
          const button: ComponentProps<'button'> = {
            type: 'button',
            'aria-busy': leaving === provider,
            // The second click of a double click is no other attempt.
            onClick: ({ detail }) => detail < 2 && begin(provider),
            children: props.text(named(provider.name)),
          }
          return (
            <li key={provider.id}>
              {props.render ? props.render(button, provider) : <button {...button} />}
            </li>
          )
        })}
      </ul>
      <p role="status">
        {leaving
          ? messages.leaving(named(leaving.name))
          : providers
            ? !providers[0] && messages.noProviders
            : !unlisted && messages.loading}
      </p>
    </div>
  )
}
