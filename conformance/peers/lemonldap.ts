import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { freePort, newFolder, startProcess } from './process.ts'

const application = '/usr/share/lemonldap-ng/portal/htdocs/index.psgi'
const plackup = '/usr/bin/plackup'

export const hasLemonldap = (): boolean =>
  [application, plackup, '/usr/share/perl5/String/Random.pm', '/usr/share/perl5/IO/String.pm'].every(
    existsSync,
  )

export const howToGetLemonldap =
  'skipped: no LemonLDAP::NG. On Debian: apt-get install --no-install-recommends liblemonldap-ng-portal-perl libstring-random-perl libio-string-perl'

export interface LemonldapClient {
  id: string
  secret: string
  redirectUris: string[]
  /** Default `RS256`. */
  algorithm?: 'RS256' | 'RS512' | 'HS256'
  requirePkce?: boolean
}

/** A server of its own kind: Perl. An OpenID provider whose people are those of its demonstration, `dwho` and `rtyler`. */
export interface Lemonldap {
  issuer: string
  close(): Promise<void>
}

/** Its captcha wants an image library, which nobody needs who has captchas off. */
const noCaptcha = `package Lemonldap::NG::Portal::Captcha::None;
use Mouse;
extends 'Lemonldap::NG::Portal::Main::Plugin';
sub init { 1 }
1;
`

function clientOptions({
  id,
  secret,
  redirectUris,
  algorithm = 'RS256',
  requirePkce = false,
}: LemonldapClient) {
  const named = (options: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [`oidcRPMetaDataOptions${name}`, value]),
    )
  return named({
    ClientID: id,
    ClientSecret: secret,
    RedirectUris: redirectUris.join(' '),
    IDTokenSignAlg: algorithm,
    BypassConsent: 1,
    AllowOffline: 1,
    RefreshToken: 1,
    RequirePKCE: requirePkce ? 1 : 0,
    AccessTokenExpiration: 3600,
  })
}

function configuration(folder: string, issuer: string, clients: readonly LemonldapClient[]) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const files = (name: string) => {
    const directory = join(folder, name)
    mkdirSync(directory)
    return { Directory: directory, LockDirectory: directory }
  }
  const sha256 = 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256'
  return {
    ...{ cfgNum: 1, cfgAuthor: 'test', cfgDate: 1, cfgVersion: '2.16.1' },
    ...{ domain: 'localhost', portal: `${issuer}/`, cookieName: 'lemonldap', securedCookie: 0 },
    ...{ authentication: 'Demo', userDB: 'Same', passwordDB: 'Demo', registerDB: 'Null' },
    demoExportedVars: { cn: 'cn', mail: 'mail', uid: 'uid' },
    ...{ exportedVars: {}, locationRules: {}, exportedHeaders: {}, macros: {}, groups: {} },
    globalStorage: 'Apache::Session::File',
    globalStorageOptions: { ...files('sessions'), generateModule: sha256 },
    persistentStorage: 'Apache::Session::File',
    persistentStorageOptions: files('persistent'),
    ...{ key: 'a key of this test', whatToTrace: 'uid', requireToken: 0, captcha: '::Captcha::None' },
    issuerDBOpenIDConnectActivation: 1,
    oidcServiceMetaDataIssuer: issuer,
    oidcServiceAllowAuthorizationCodeFlow: 1,
    oidcServiceAllowOffline: 1,
    oidcServicePrivateKeySig: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    oidcServicePublicKeySig: publicKey.export({ type: 'spki', format: 'pem' }),
    oidcServiceKeyIdSig: 'first',
    oidcRPMetaDataOptions: Object.fromEntries(clients.map((client) => [client.id, clientOptions(client)])),
    oidcRPMetaDataExportedVars: Object.fromEntries(
      clients.map(({ id }) => [id, { name: 'cn', email: 'mail', preferred_username: 'uid' }]),
    ),
  }
}

/** Starts it on loopback with a configuration and sessions of its own. */
export async function startLemonldap(clients: readonly LemonldapClient[]): Promise<Lemonldap> {
  const folder = newFolder('lemonldap')
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const put = (path: string, text: string) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }
  put('lib/Lemonldap/NG/Portal/Captcha/None.pm', noCaptcha)
  put('conf/lmConf-1.json', JSON.stringify(configuration(folder, issuer, clients)))
  const settings = put(
    'lemonldap-ng.ini',
    `[all]
logLevel = warn
[configuration]
type = File
dirName = ${join(folder, 'conf')}
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
[handler]
`,
  )
  const { close } = await startProcess(
    plackup,
    ['-s', 'HTTP::Server::PSGI', '--host', '127.0.0.1', '--port', String(port), application],
    {
      folder,
      url: `${issuer}/.well-known/openid-configuration`,
      env: {
        LLNG_DEFAULTCONFFILE: settings,
        LLNG_DEFAULTLOGGER: 'Lemonldap::NG::Common::Logger::Std',
        PERL5LIB: join(folder, 'lib'),
      },
    },
  )
  return { issuer, close }
}
