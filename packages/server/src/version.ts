import { existsSync, readFileSync } from 'node:fs'

/** Of this package, as published. */
export function versionOf(): string {
  // The sources are a folder below it, the bundle of the command two.
  const file = ['../package.json', '../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  const manifest: unknown = file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '?'
}
