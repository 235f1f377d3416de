import type { ReactElement } from 'react'
import { useShared } from './provider.tsx'

/** A name within a sentence, which keeps its own direction of writing. */
export const named = (name: string): ReactElement => <bdi key="name">{name}</bdi>

/** A moment, for people and for programs. */
export function Time({ of }: { of: Date }): ReactElement {
  const { messages } = useShared()
  return <time dateTime={of.toISOString()}>{messages.time(of)}</time>
}
