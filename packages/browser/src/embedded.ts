/**
 * Whether the browser is a web view inside another app, where providers refuse to sign anybody in (Google:
 * `disallowed_useragent`) because the app could read what is typed. Those that say so: Android's own mark, and the large
 * apps' names.
 */
export const isEmbedded = (userAgent: string): boolean =>
  /; wv\)|\b(FBA[NV]|FB_IAB|Instagram|Line|MicroMessenger|musical_ly|BytedanceWebview|Snapchat|LinkedInApp|Twitter for \w+)\b/.test(
    userAgent,
  )
