import type { drawings } from '@latchkey/server/look'

/** One of the shared drawings; the sprite stands in the page. Always beside a word that says the same. */
export function Icon({ name }: { name: keyof typeof drawings }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <use href={`#lk-${name}`} />
    </svg>
  )
}
