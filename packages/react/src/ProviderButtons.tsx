import type { AuthError, Provider, ProviderId, SignInOptions } from '@latchkey/browser'
import { type ComponentProps, type ReactElement, type ReactNode, useRef, useState } from 'react'
import { Problem } from './Problem.tsx'
import { useShared } from './provider.tsx'
import { useList } from './use-list.ts'

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

/** On the way out, or come back without success. */
interface Attempt {
  leaving?: Provider
  failed?: AuthError
  retry?: () => void
}

interface ProviderButtonsProps extends ButtonsProps {
  label: string
  text(provider: ReactElement): ReactNode
  /** Leaves for the provider. */
  begin(options: StartOptions & { provider: ProviderId; signal: AbortSignal }): Promise<void>
  options: StartOptions
}

/** A native button for each provider that signs in, named after it; and what became of the last attempt, if it failed. */
export function ProviderButtons(props: ProviderButtonsProps): ReactElement {
  const { auth, state, messages } = useShared()
  const [list, ask] = useList(auth.providers)
  const [{ leaving, failed, retry }, set] = useState<Attempt>({})
  const attempt = useRef<AbortController>(undefined)
  const group = useRef<HTMLDivElement>(null)

  const begin = (provider: Provider, more?: StartOptions) => {
    // A popup that was closed tells nobody: another click starts anew.
    attempt.current?.abort()
    attempt.current = new AbortController()
    const { signal } = attempt.current
    const end = (attempt: Attempt) => signal.aborted || set(attempt)
    set({ leaving: provider })
    props.begin({ ...props.options, ...more, provider: provider.id, signal }).then(
      () => end({}),
      (failed: AuthError) =>
        end({
          failed,
          retry: () => begin(provider, failed.action === 'redirect' ? { flow: 'redirect' } : more),
        }),
    )
  }

  const { error: unfinished, reason }: Ended = state
  const error = list.error ?? failed ?? props.error ?? unfinished ?? reason
  const again = list.error ? ask : retry
  const providers = list.items?.filter(({ signIn }) => signIn)
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
            children: props.text(nameOf(provider)),
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
          ? messages.leaving(nameOf(leaving))
          : providers
            ? !providers[0] && messages.noProviders
            : !list.error && messages.loading}
      </p>
    </div>
  )
}

const nameOf = ({ name }: Provider) => <bdi key="name">{name}</bdi>
