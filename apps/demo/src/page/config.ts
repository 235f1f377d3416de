import { configElement, type DemoConfig } from '../config.ts'

/** What the host wrote into the page. */
export function readConfig(): DemoConfig {
  const config: unknown = JSON.parse(document.getElementById(configElement)?.textContent ?? 'null')
  if (!isConfig(config))
    throw new Error('The page carries no configuration: start the demo with `npm start`.')
  return config
}

function isConfig(value: unknown): value is DemoConfig {
  return typeof value === 'object' && value !== null && 'issuer' in value && 'services' in value
}
