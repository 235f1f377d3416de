import { word } from './record.ts'

/**
 * Calls `left` with the provider (`''` where the server asks for one) when the page leaves for the URL. Browsers without
 * the Navigation API tell nothing of this. Answers how to stop.
 */
export function watchLeaving(url: string, left: (provider: string) => void): () => void {
  const navigation: unknown = Reflect.get(globalThis, 'navigation')
  if (!(navigation instanceof EventTarget)) return () => {}
  const listener = (event: Event) => {
    const destination: unknown = Reflect.get(event, 'destination')
    if (!(destination instanceof Object) || Reflect.get(destination, 'url') !== url) return
    const form: unknown = Reflect.get(event, 'formData')
    left((form instanceof FormData && word(form.get('provider'))) || '')
  }
  navigation.addEventListener('navigate', listener)
  return () => navigation.removeEventListener('navigate', listener)
}
