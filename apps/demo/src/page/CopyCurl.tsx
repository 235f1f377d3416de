import type { Auth } from '@latchkey/browser'
import { useState } from 'react'

type Copied = 'no' | 'yes' | 'refused'

/** Puts the stolen call into the clipboard, as a thief would type it. The token is shown nowhere. */
export function CopyCurl({ auth, url }: { auth: Auth; url: string }) {
  const [copied, setCopied] = useState<Copied>('no')
  const copy = () =>
    auth
      .getAccessToken()
      .then((token) => navigator.clipboard.writeText(curlOf(url, token)))
      .then(
        () => setCopied('yes'),
        () => setCopied('refused'),
      )
  return (
    <>
      <button type="button" onClick={copy}>
        Copy as curl
      </button>
      <span role="status" className="note">
        {copied === 'yes' && 'Copied. In a terminal it is refused with 401: the proof is missing.'}
        {copied === 'refused' && 'The browser did not let it into the clipboard.'}
      </span>
    </>
  )
}

const curlOf = (url: string, token: string): string => `curl -i ${url} -H 'Authorization: DPoP ${token}'`
