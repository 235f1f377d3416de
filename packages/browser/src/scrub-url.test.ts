import { expect, test } from 'vitest'
import { scrubUrl } from './scrub-url.ts'

test.each([
  [
    'https://app.test/cb#code=s3cret&state=lk.s3cret&iss=https://i',
    'https://app.test/cb#code=-&state=-&iss=https://i',
  ],
  ['/cb?code=s3cret&tab=1#top', '/cb?code=-&tab=1#top'],
  ['/cb#access_token=s3cret&expires_in=3600', '/cb#access_token=-&expires_in=3600'],
  ['/cb?id_token_hint=s3cret&refresh_token=s3cret', '/cb?id_token_hint=-&refresh_token=-'],
  ['/authorize?request_uri=s3cret&code_verifier=s3cret', '/authorize?request_uri=-&code_verifier=-'],
  ['/cb?Code=s3cret', '/cb?Code=-'],
  ['/promo?postcode=1234&zipcode=5', '/promo?postcode=1234&zipcode=5'],
])('%s', (url, expected) => {
  expect(scrubUrl(url)).toBe(expected)
})
