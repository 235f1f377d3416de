import { describe, expect, it } from 'vitest'
import { ApiError } from '../errors.ts'
import { targetOf } from './proxy-target.ts'

const hosts = ['api.example.com', 'api.example.com:8443', '127.0.0.1:4000']

function outcome(host: string, path: string, listed = hosts): string {
  try {
    return targetOf({ host, path }, { hosts: listed, allowPrivate: true }).href
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.code}`
    throw error
  }
}

describe('where a path of the proxy leads', () => {
  it.each([
    ['api.example.com', '/v1/me?a=1&b=%20', 'https://api.example.com/v1/me?a=1&b=%20'],
    ['api.example.com', '', 'https://api.example.com/'],
    ['api.example.com', '?q', 'https://api.example.com/?q'],
    ['api.example.com:8443', '/', 'https://api.example.com:8443/'],
    ['127.0.0.1:4000', '/', 'http://127.0.0.1:4000/'],
    // On the same host, whatever it means there.
    ['api.example.com', '//evil.example/', 'https://api.example.com//evil.example/'],
    ['api.example.com', '/@evil.example/', 'https://api.example.com/@evil.example/'],
    ['api.example.com', '/group%2Fproject', 'https://api.example.com/group%2Fproject'],
    ['api.example.com', '/a..b/...', 'https://api.example.com/a..b/...'],
    ['api.example.com', '/a?next=../..', 'https://api.example.com/a?next=../..'],
  ])('X05: %s and %s: %s', (host, path, expected) => {
    expect(outcome(host, path)).toBe(expected)
  })

  it.each([
    [''],
    ['API.example.com'],
    ['api.example.com.'],
    ['api.example.com:443'],
    ['api.example.com:80'],
    ['api.example.com%3a8443'],
    ['api%2eexample.com'],
    ['user@api.example.com'],
    ['api.example.com@evil.example'],
    ['api.example.com%40evil.example'],
    ['api.example.com%2f@evil.example'],
    ['api.example.com\\@evil.example'],
    ['api.example.com%00'],
    ['evil.example'],
    ['evil-api.example.com'],
    ['127.0.0.1'],
    ['2130706433:4000'],
    ['[::ffff:127.0.0.1]:4000'],
    ['169.254.169.254'],
    ['..'],
    ['*'],
  ])('X05: the host %s is not listed', (host) => {
    expect(outcome(host, '/')).toBe('403 access_denied')
  })

  it.each([
    ['/../x'],
    ['/a/..'],
    ['/./x'],
    ['/%2e%2e/x'],
    ['/.%2E/x'],
    ['/a%2f..%2fb'],
    ['/a/..%2fb'],
    ['/%252e%252e/x'],
    ['/a%5c..%5cb'],
    ['/a\\b'],
    ['/a%5cb'],
    ['/a%00b'],
    ['/a%0d%0aHost:%20evil.example'],
    ['/a\tb'],
    ['/a b'],
    ['/a#b'],
  ])('X05: the path %j is refused', (path) => {
    expect(outcome('api.example.com', path)).toBe('400 invalid_request')
  })

  it('nowhere for a provider without hosts', () => {
    expect(outcome('api.example.com', '/', [])).toBe('404 not_found')
  })
})
