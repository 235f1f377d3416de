import type { AuthAction, AuthErrorCode } from '@latchkey/browser'
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { useShared } from './provider.tsx'

export interface ProblemProps {
  /** An `AuthError`; anything else is told as one that support should hear of. */
  error: Error
  /** What helps, a button say. */
  children?: ReactNode
}

/** What happened, why and what to do next; what helps; the code and the request's id. Takes the focus when it appears. */
export function Problem({ error, children }: ProblemProps): ReactElement {
  const { messages } = useShared()
  const { code, action = 'contact-support', requestId }: Told = error
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another error takes the focus anew
  useEffect(() => box.current?.focus(), [error])
  return (
    <div role="alert" tabIndex={-1} ref={box}>
      <p>{(code && messages[code]) ?? messages[action]}</p>
      {children}
      {code && <p>{messages.quote(code, requestId)}</p>}
    </div>
  )
}

/** What an `AuthError` is certain to have, and another error is not. */
interface Told {
  message: string
  code?: AuthErrorCode
  action?: AuthAction
  requestId?: string
}
