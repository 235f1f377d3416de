import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { authorize, decision } from './authorize/authorize.ts'
import { elsewhere } from './endpoints.ts'
import type { ProviderEntries } from './entries.ts'
import { selfSignedCertificate } from './faults/certificate.ts'
import { ConnectionReset, type FaultKinds } from './faults/kinds.ts'
import { asJson, type Encode, type JsonAnswer, json } from './http/answer.ts'
import { type Handler, jsonEndpoint, receive } from './http/endpoint.ts'
import type { Exchange } from './http/exchange.ts'
import { approval, approve } from './oauth1/authorize.ts'
import { accessToken, requestToken, signedApi, signedUser } from './oauth1/endpoints.ts'
import { asForm, tellingProblems } from './oauth1/problem.ts'
import { userEncoding } from './oauth2/habits.ts'
import { tokenEncoding } from './oauth2/quirks.ts'
import { userRecord } from './oauth2/userinfo.ts'
import { discovery } from './oidc/discovery.ts'
import { endSession } from './oidc/end-session.ts'
import { userinfo } from './oidc/userinfo.ts'
import { pageResponse } from './pages/layout.ts'
import { homePage } from './pages/notes.ts'
import type { Play } from './played/play.ts'
import { playedRoutes } from './played/routes.ts'
import type { Protocol, Realm } from './realm.ts'
import type { RequestPoint } from './record.ts'
import { api } from './token/api.ts'
import { introspection, revocation } from './token/revocation.ts'
import { token } from './token/token.ts'

type AnswerPoint =
  | 'discovery'
  | 'token'
  | 'jwks'
  | 'userinfo'
  | 'revocation'
  | 'introspection'
  | 'request_token'
  | 'access_token'

interface Served {
  point: RequestPoint
  protocol?: Protocol
  /** Absent: any. */
  methods?: readonly string[]
}

interface ServedJson extends Served {
  handler: (exchange: Exchange) => JsonAnswer | Promise<JsonAnswer>
  encode?: Encode
  faultPoint?: AnswerPoint & keyof FaultKinds
}

const pathOf = (url: string): string => new URL(url).pathname

const get = ['GET'] as const
const post = ['POST'] as const
const both = ['GET', 'POST'] as const

/** A refresh has a point of its own, beside that of its endpoint. */
const faultAt =
  ({ faults }: Realm, point: AnswerPoint) =>
  ({ form }: Exchange) => {
    const refreshes = point === 'token' && form.get('grant_type') === 'refresh_token'
    return (refreshes ? faults.take('refresh') : undefined) ?? faults.take(point)
  }

interface Serving {
  serve(url: string, served: Served, handler: Handler): void
  serveJson(url: string, served: ServedJson): void
}

/** The OAuth 1.0a side. */
const serveOAuth1 = (realm: Realm, { serve, serveJson }: Serving): void => {
  const { endpoints, issuer, oauth1 } = realm
  const at = endpoints.oauth1
  const protocol = 'oauth1'
  const encode = asForm(oauth1.habits.contentType)
  serveJson(at.request_token, {
    ...{ point: 'request_token', faultPoint: 'request_token', protocol, methods: post, encode },
    handler: tellingProblems(issuer, requestToken(realm)),
  })
  serve(at.authorization, { point: 'authorize', protocol, methods: get }, approve(realm))
  serve(`${at.authorization}/decision`, { point: 'decision', protocol, methods: post }, approval(realm))
  serveJson(at.access_token, {
    ...{ point: 'access_token', faultPoint: 'access_token', protocol, methods: post, encode },
    handler: tellingProblems(issuer, accessToken(realm)),
  })
  serveJson(at.userinfo, {
    ...{ point: 'userinfo', faultPoint: 'userinfo', protocol, methods: get },
    handler: tellingProblems(issuer, signedUser(realm)),
  })
}

/** The route table of a fake provider. */
export const createApp = (realm: Realm, entries: ProviderEntries, plays: readonly Play[] = []): Hono => {
  const app = new Hono()
  const { endpoints, issuer, recorder, patience } = realm

  const serve = (url: string, { point, protocol = 'oidc', methods }: Served, handler: Handler): void => {
    app.all(
      pathOf(url),
      receive({ recorder, point, protocol, ...(methods === undefined ? {} : { methods }) }, handler),
    )
  }

  const serveJson = (url: string, served: ServedJson): void => {
    const { handler, encode = asJson, faultPoint, protocol = 'oidc' } = served
    const detour = elsewhere(issuer, `${protocol}/${served.point}`)
    const fault = faultPoint === undefined ? {} : { fault: faultAt(realm, faultPoint) }
    serve(url, served, jsonEndpoint({ handler, encode, detour, patience, ...fault }))
    serve(detour, { ...served, point: 'elsewhere' }, jsonEndpoint({ handler, encode, detour, patience }))
  }

  const path = pathOf(issuer).replace(/\/$/, '')
  const metadata = {
    point: 'discovery',
    methods: get,
    handler: discovery(realm),
    faultPoint: 'discovery',
  } as const
  serveJson(`${issuer}/.well-known/openid-configuration`, metadata)
  serveJson(`${realm.origin}/.well-known/oauth-authorization-server${path}`, metadata)

  serve(endpoints.authorization, { point: 'authorize', methods: both }, authorize(realm, 'oidc'))
  serve(`${endpoints.authorization}/decision`, { point: 'decision', methods: post }, decision(realm, 'oidc'))
  serveJson(endpoints.token, {
    point: 'token',
    methods: post,
    handler: token(realm, 'oidc'),
    faultPoint: 'token',
  })
  serveJson(endpoints.jwks, {
    point: 'jwks',
    methods: get,
    handler: () => json(realm.keys.published()),
    faultPoint: 'jwks',
  })
  serveJson(endpoints.userinfo, {
    point: 'userinfo',
    methods: both,
    handler: userinfo(realm),
    faultPoint: 'userinfo',
  })
  for (const [protocol, at] of [
    ['oidc', endpoints],
    ['oauth2', endpoints.oauth2],
  ] as const) {
    serveJson(at.revocation, {
      ...{ point: 'revocation', protocol, methods: post },
      handler: revocation(realm),
      faultPoint: 'revocation',
    })
    serveJson(at.introspection, {
      ...{ point: 'introspection', protocol, methods: post },
      handler: introspection(realm),
      faultPoint: 'introspection',
    })
  }
  const bearerApi = api(realm)
  const oauth1Api = tellingProblems(issuer, signedApi(realm))
  const anyApi = (exchange: Exchange) =>
    /^OAuth /i.test(exchange.request.headers.get('authorization') ?? '')
      ? oauth1Api(exchange)
      : bearerApi(exchange)
  for (const path of [endpoints.api, `${endpoints.api}/*`]) {
    serve(path, { point: 'api' }, jsonEndpoint({ handler: anyApi, detour: endpoints.api, patience }))
  }
  serve(endpoints.end_session, { point: 'end_session', methods: both }, endSession(realm))

  const plain = endpoints.oauth2
  const protocol = 'oauth2'
  serve(plain.authorization, { point: 'authorize', protocol, methods: both }, authorize(realm, protocol))
  serve(
    `${plain.authorization}/decision`,
    { point: 'decision', protocol, methods: post },
    decision(realm, protocol),
  )
  serveJson(plain.token, {
    point: 'token',
    protocol,
    methods: post,
    handler: token(realm, protocol),
    encode: tokenEncoding(realm.habits.quirks),
    faultPoint: 'token',
  })
  serveJson(plain.userinfo, {
    point: 'userinfo',
    protocol,
    methods: both,
    handler: userRecord(realm),
    encode: userEncoding(realm.habits),
    faultPoint: 'userinfo',
  })

  serveOAuth1(realm, { serve, serveJson })
  if (plays.length > 0) app.all('/played/*', playedRoutes(realm, plays))

  // What a relying party finds that takes keys from a token's header.
  const stranger: Served = { point: 'elsewhere', methods: get }
  serve(elsewhere(issuer, 'stranger/jwks'), stranger, () =>
    asJson(json({ keys: [realm.keys.stranger.publicJwk] })),
  )
  serve(elsewhere(issuer, 'stranger/certificate'), stranger, () => {
    const der = selfSignedCertificate(realm.keys.stranger).toString('base64')
    const pem = `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`
    return new Response(pem, { headers: { 'content-type': 'application/pem-certificate-chain' } })
  })

  serve(`${issuer}/`, { point: 'other', methods: get }, () =>
    pageResponse(
      homePage({
        provider: realm.name,
        entries: {
          ...{ 'OpenID Connect': entries.oidc, 'OAuth 2.0': entries.oauth2, 'OAuth 1.0a': entries.oauth1 },
        },
      }),
    ),
  )
  app.notFound(
    receive({ recorder, point: 'other', protocol: 'oidc' }, () =>
      asJson(json({ error: 'not_found', error_description: 'Nothing is served at this path' }, 404)),
    ),
  )
  app.onError((error) => {
    if (error instanceof ConnectionReset) throw error
    if (error instanceof HTTPException) return error.getResponse()
    return asJson(json({ error: 'server_error', error_description: error.message }, 500))
  })
  return app
}
