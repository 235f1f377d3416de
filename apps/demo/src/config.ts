/** What the page is told about this start of the demo; it stands in the page as JSON. Ports vary. */
export interface DemoConfig {
  issuer: string
  clientId: string
  /** Origin of the page itself. */
  page: string
  /** Origin of the fake provider. */
  provider: string
  /** Origin of the provider whose accounts are connected. */
  apps: string
  /** Provider ids that are broken on purpose. */
  broken: string[]
  services: { notes: string; billing: string }
}

export const configElement = 'demo-config'
