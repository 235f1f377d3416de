import { type ReactElement, type ReactNode, useId, useRef, useState } from 'react'
import { Problem } from '../Problem.tsx'
import { useShared } from '../provider.tsx'
import { useList } from '../use-list.ts'
import { named } from '../words.tsx'

export interface AccountListProps<Item> {
  className?: string | undefined
  label: string
  load: () => Promise<Item[]>
  /** What a person calls it. */
  name: (item: Item) => string
  /** What else there is to say about it. */
  details: (item: Item) => ReactNode
  /** On the button that removes one. */
  action: string
  remove: (item: Item) => Promise<void>
  removed: (name: ReactElement) => ReactNode
  /** Why the only one has no button. */
  onlyOne?: string
  /** Below the list. */
  footer?: (reload: () => void) => ReactNode
}

/** Items that can be removed, of whoever is signed in; nothing while nobody is. */
export function AccountList<Item extends { id: string }>(
  props: AccountListProps<Item>,
): ReactElement | undefined {
  const { state } = useShared()
  // Another user's list is another list.
  if (state.status === 'signed-in') return <Items key={state.user.sub} {...props} />
}

/** Being removed, or removed, or not. */
interface Removal {
  busy?: string
  said?: ReactNode
  error?: Error
  again?: () => void
}

function Items<Item extends { id: string }>(props: AccountListProps<Item>): ReactElement {
  const { messages } = useShared()
  const [{ items, error: unlisted }, ask] = useList(props.load)
  const [{ busy, said, error: unremoved, again }, set] = useState<Removal>({})
  const group = useRef<HTMLDivElement>(null)
  const status = useRef<HTMLParagraphElement>(null)

  const remove = (item: Item) => {
    if (busy) return
    set({ busy: item.id })
    props.remove(item).then(
      async () => {
        // The button goes away with its item.
        status.current?.focus()
        set({ said: props.removed(named(props.name(item))) })
        await ask()
      },
      (error: Error) => set({ error, again: () => remove(item) }),
    )
  }

  const error = unremoved ?? unlisted
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn as a box, and there is no form
    <div className={props.className} role="group" aria-label={props.label} tabIndex={-1} ref={group}>
      {error && (
        <Problem error={error}>
          <button
            type="button"
            onClick={() => {
              group.current?.focus()
              if (again) again()
              else void ask()
            }}
          >
            {messages.tryAgain}
          </button>
        </Problem>
      )}
      <ul>
        {items?.map((item) => (
          <Row
            key={item.id}
            name={props.name(item)}
            action={props.action}
            busy={busy === item.id}
            instead={items.length === 1 && props.onlyOne}
            onAction={() => remove(item)}
          >
            {props.details(item)}
          </Row>
        ))}
      </ul>
      <p role="status" tabIndex={-1} ref={status}>
        {said ?? (!items && !error && messages.loading)}
      </p>
      {props.footer?.(ask)}
    </div>
  )
}

interface RowProps {
  name: string
  children: ReactNode
  action: string
  busy: boolean
  /** Said in place of the button. */
  instead: ReactNode
  onAction: () => void
}

/** The button is named after what it does, and what it does it to. */
function Row({ name, children, action, busy, instead, onAction }: RowProps): ReactElement {
  const id = useId()
  return (
    <li>
      <span id={`${id}name`}>{named(name)}</span> {children}{' '}
      {instead || (
        <button type="button" id={id} aria-labelledby={`${id} ${id}name`} aria-busy={busy} onClick={onAction}>
          {action}
        </button>
      )}
    </li>
  )
}

/** A provider's name, or its id until that is known. */
export function ProviderName({ id }: { id: string }): ReactElement {
  const { auth } = useShared()
  const [{ items }] = useList(auth.providers)
  return <bdi>{items?.find((provider) => provider.id === id)?.name ?? id}</bdi>
}
