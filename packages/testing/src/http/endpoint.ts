import type { Context } from 'hono'
import type { AnswerContext, AnswerFault } from '../faults/kinds.ts'
import type { Patience } from '../faults/patience.ts'
import type { Recorder, RequestPoint } from '../record.ts'
import { asJson, type Encode, errorAnswer, type JsonAnswer } from './answer.ts'
import { type Exchange, readExchange } from './exchange.ts'

export type Handler = (exchange: Exchange) => Response | Promise<Response>

interface JsonEndpoint {
  handler: (exchange: Exchange) => JsonAnswer | Promise<JsonAnswer>
  encode?: Encode
  /** What is to go wrong this time. */
  fault?: (exchange: Exchange) => AnswerFault | undefined
  detour: string
  patience: Patience
}

/** An endpoint that answers JSON: a fault may stand before it, an encoding writes its answer. */
export const jsonEndpoint = (endpoint: JsonEndpoint): Handler => {
  const { encode = asJson, detour, patience } = endpoint
  return async (exchange) => {
    const answer = async (): Promise<JsonAnswer> => {
      try {
        return await endpoint.handler(exchange)
      } catch (error) {
        return errorAnswer(error)
      }
    }
    const fault = endpoint.fault?.(exchange)
    const context: AnswerContext = { detour, patience, signal: () => exchange.request.signal }
    const outcome = fault === undefined ? await answer() : await fault(answer, context)
    return 'members' in outcome ? encode(outcome) : outcome
  }
}

interface Reception {
  recorder: Recorder
  point: RequestPoint
  protocol: 'oidc' | 'oauth2' | 'oauth1'
  /** Absent: any. */
  methods?: readonly string[]
}

/** Reads a request, writes it into the record, turns away the wrong method, and hands it on. */
export const receive =
  (reception: Reception, handler: Handler) =>
  async (context: Context): Promise<Response> => {
    const exchange = await readExchange(context.req.raw)
    reception.recorder.add(reception.point, reception.protocol, exchange)
    const { methods } = reception
    const method = context.req.method === 'HEAD' ? 'GET' : context.req.method
    if (methods?.includes(method) === false) {
      return new Response(null, { status: 405, headers: { allow: methods.join(', ') } })
    }
    return handler(exchange)
  }
