import { expect, test } from 'vitest'
import { isEmbedded } from './embedded.ts'

const android = 'Mozilla/5.0 (Linux; Android 16; Pixel 9'
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/143.0.0.0 Mobile Safari/537.36'
const ios = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

test.each([
  `${android} Build/BP4A; wv) ${chrome}`,
  `${android}; wv) ${chrome} [FB_IAB/FB4A;FBAV/540.0.0.0;]`,
  `${ios} Mobile/22H20 [FBAN/FBIOS;FBAV/540.0.0.0;FBBV/1]`,
  `${ios} Mobile/22H20 Instagram 400.0.0.0 (iPhone17,1; iOS 18_7)`,
  `${ios} Mobile/22H20 Safari Line/15.10.0`,
  `${ios} Mobile/22H20 MicroMessenger/8.0.60(0x18003c) NetType/WIFI`,
  `${ios} Mobile/22H20 musical_ly_41.0.0 BytedanceWebview/d8a21c6`,
  `${ios} Mobile/22H20 Snapchat/13.50.0 (like Safari/8620, panda)`,
  `${ios} Mobile/22H20 [LinkedInApp]/9.31`,
  `${ios} Mobile/22H20 Twitter for iPhone/11.30`,
])('point 14: a web view inside another app: %s', (userAgent) => {
  expect(isEmbedded(userAgent)).toBe(true)
})

test.each([
  `${android}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36`,
  `${ios} Version/18.7 Mobile/15E148 Safari/604.1`,
  // On the home screen.
  `${ios} Mobile/15E148`,
  `${ios} CriOS/143.0.0.0 Mobile/15E148 Safari/604.1`,
  'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0',
  'Baseline/1.0 Online/2.0',
  '',
])('point 14: a browser: %s', (userAgent) => {
  expect(isEmbedded(userAgent)).toBe(false)
})
