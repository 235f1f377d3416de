import { useEffect, useRef } from 'react'
import { Icon } from './Icon.tsx'
import { problemText } from './problems.ts'

interface Props {
  code: string
  requestId: string | undefined
  /** What the main button does, when trying again can help. */
  onRetry?: (() => void) | undefined
  /** On its button. Default: try again. */
  retry?: string | undefined
  onDismiss: () => void
}

/** What happened, why, what next, and the request id last. Takes the focus when it appears. */
export function Problem({ code, requestId, onRetry, retry = 'Try again', onDismiss }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const text = problemText(code)
  return (
    <section className="card problem" aria-labelledby="problem-title">
      <h2 id="problem-title" ref={heading} tabIndex={-1}>
        <Icon name="danger" /> {text.title}
      </h2>
      <p>{text.why}</p>
      <p>{text.next}</p>
      <div className="row">
        {onRetry && (
          <button type="button" className="primary" onClick={onRetry}>
            {retry}
          </button>
        )}
        <button type="button" onClick={onDismiss}>
          Close
        </button>
      </div>
      <dl className="facts">
        <div>
          <dt>Error</dt>
          <dd>
            <code>{code}</code>
          </dd>
        </div>
        {requestId && (
          <div>
            <dt>Request</dt>
            <dd>
              <code>{requestId}</code>
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
