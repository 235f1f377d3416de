import type { Page } from 'playwright-core'

/** Every secret that passes by the browser on its way: what no storage and no address may hold afterwards. */
export interface Secrets {
  /** One-time codes of Latchkey and of the provider, and the verifier. */
  oneTime: Set<string>
  accessTokens: Set<string>
  refreshTokens: Set<string>
  idTokens: Set<string>
  /** DPoP proofs, and the nonces for them. */
  proofs: Set<string>
  nonces: Set<string>
  /** The app's. */
  states: Set<string>
}

/** To be called before the page loads. */
export async function watchSecrets(page: Page): Promise<Secrets> {
  const secrets: Secrets = {
    oneTime: new Set(),
    accessTokens: new Set(),
    refreshTokens: new Set(),
    idTokens: new Set(),
    proofs: new Set(),
    nonces: new Set(),
    states: new Set(),
  }
  const keep = (parameters: URLSearchParams, ...names: string[]) => {
    for (const name of names) {
      const value = parameters.get(name)
      if (value !== null) secrets.oneTime.add(value)
    }
  }
  page.on('request', (request) => {
    keep(new URL(request.url()).searchParams, 'code')
    const { dpop } = request.headers()
    if (dpop !== undefined) secrets.proofs.add(dpop)
    if (request.isNavigationRequest()) {
      const state = new URLSearchParams(request.postData() ?? '').get('state')
      if (state !== null) secrets.states.add(state)
    }
  })
  page.on('framenavigated', (frame) => keep(new URLSearchParams(new URL(frame.url()).hash.slice(1)), 'code'))
  // The browser tells nobody outside what a fetch of a Request had in its body.
  await page.exposeFunction('noteBody', (body: string) =>
    keep(new URLSearchParams(body), 'code', 'code_verifier'),
  )
  await page.addInitScript(() => {
    const fetchAsItWas = window.fetch
    window.fetch = async (input, init) => {
      if (input instanceof Request) Reflect.get(window, 'noteBody')(await input.clone().text())
      return fetchAsItWas(input, init)
    }
  })
  page.on('response', async (response) => {
    const { 'dpop-nonce': nonce } = response.headers()
    if (nonce !== undefined) secrets.nonces.add(nonce)
    if (!response.url().endsWith('/token') || response.status() !== 200) return
    const { access_token, refresh_token, id_token } = await response.json()
    secrets.accessTokens.add(access_token)
    secrets.refreshTokens.add(refresh_token)
    secrets.idTokens.add(id_token)
  })
  return secrets
}
