import type { Provider } from '@latchkey/browser'
import type { ReactElement } from 'react'

export interface ProviderMarkProps {
  provider: Pick<Provider, 'name' | 'logo'>
  className?: string | undefined
}

/**
 * What stands before a provider's name on a button: the logo that the configuration names, else the name's first letter.
 * It says nothing that the name does not, so that it is not read out.
 *
 * `<SignInButtons render={(props, provider) => <button {...props}><ProviderMark provider={provider} />{props.children}</button>} />`
 */
export function ProviderMark({ provider: { name, logo }, className }: ProviderMarkProps): ReactElement {
  if (logo !== undefined) return <img className={className} src={logo} alt="" referrerPolicy="no-referrer" />
  return (
    <span className={className} aria-hidden="true">
      {Array.from(name.trim())[0]?.toLocaleUpperCase() ?? '?'}
    </span>
  )
}
