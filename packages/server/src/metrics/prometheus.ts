import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from './metrics.ts'
import { countsOf } from './of-event.ts'
import { type MetricDefinition, metricPrefix, metricTable } from './table.ts'
import { createWords, methodLabel, statusClass } from './words.ts'

/** @param providers ids of the configuration: the only ones that become labels */
export function createMetrics({
  version,
  providers,
}: {
  version: string
  providers: readonly string[]
}): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const configured = new Set(providers)
  const providerLabel = (id: string) => (configured.has(id) ? id : 'other')
  const word = createWords()

  const buildInfo = gauge('build_info')
  const requests = histogram('http_request_duration_seconds')
  const errors = counter('http_errors_total')
  const inFlight = gauge('http_requests_in_progress')
  const shedRequests = counter('http_requests_shed_total')
  const tokenRequests = counter('token_requests_total')
  const ofEvents = {
    events_total: counter('events_total'),
    sign_ins_total: counter('sign_ins_total'),
    sessions_created_total: counter('sessions_created_total'),
    sessions_ended_total: counter('sessions_ended_total'),
    refresh_token_reuse_total: counter('refresh_token_reuse_total'),
  }
  const ofVault = { hand_out: counter('vault_hand_outs_total'), renewal: counter('vault_renewals_total') }
  const providerCalls = histogram('provider_request_duration_seconds')
  const providerOutcomes = counter('provider_outcomes_total')
  const breakers = gauge('provider_breaker_open')
  const operations = histogram('storage_operation_duration_seconds')
  const storageErrors = counter('storage_errors_total')
  const activation = gauge('signing_key_activation_timestamp_seconds')
  const published = gauge('signing_keys_published')
  const waiting = gauge('webhook_messages_waiting')
  const oldest = gauge('webhook_oldest_message_timestamp_seconds')

  buildInfo.set({ version }, 1)
  for (const provider of providers) breakers.set({ provider }, 0)

  function options(name: keyof typeof metricTable) {
    const { help, labels }: MetricDefinition = metricTable[name]
    return { name: metricPrefix + name, help, labelNames: [...labels], registers: [registry] }
  }
  function counter(name: keyof typeof metricTable): Counter {
    return new Counter(options(name))
  }
  function gauge(name: keyof typeof metricTable): Gauge {
    return new Gauge(options(name))
  }
  function histogram(name: keyof typeof metricTable): Histogram {
    const { buckets = [] }: MetricDefinition = metricTable[name]
    return new Histogram({ ...options(name), buckets: [...buckets] })
  }

  return {
    answered({ route, method, status, ms, errorCode, grant }) {
      const labels = { route, method: methodLabel(method), status: statusClass(status) }
      requests.observe(labels, ms / 1000)
      if (errorCode !== undefined) errors.inc({ route, code: word(errorCode) })
      if (grant !== undefined)
        tokenRequests.inc({ grant, outcome: errorCode === undefined ? 'ok' : word(errorCode) })
    },

    event(event) {
      for (const { name, labels } of countsOf(event)) ofEvents[name].inc(known(labels))
    },

    providerOutcome(provider, outcome) {
      providerOutcomes.inc({ provider: providerLabel(provider), outcome: word(outcome) })
    },
    providerCall(provider, outcome, ms) {
      const how = typeof outcome === 'number' ? statusClass(outcome) : word(outcome)
      providerCalls.observe({ provider: providerLabel(provider), outcome: how }, ms / 1000)
    },
    breaker(provider, open) {
      breakers.set({ provider: providerLabel(provider) }, open ? 1 : 0)
    },
    vault(what, provider, outcome) {
      ofVault[what].inc({ provider: providerLabel(provider), outcome: word(outcome) })
    },
    shed(work) {
      shedRequests.inc({ work })
    },
    stored(operation, ms, errorCode) {
      operations.observe({ operation }, ms / 1000)
      if (errorCode !== undefined) storageErrors.inc({ operation, code: word(errorCode) })
    },

    async exposition({ signing, keysPublished, inProgress = {}, outbox }) {
      activation.reset()
      if (signing !== undefined) activation.set({ algorithm: signing.algorithm }, signing.since / 1000)
      published.set(keysPublished)
      for (const [work, count] of Object.entries(inProgress)) inFlight.set({ work }, count)
      setOrRemove(waiting, outbox?.count)
      setOrRemove(oldest, outbox?.oldestAt === undefined ? undefined : outbox.oldestAt / 1000)
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }

  function known(labels: Record<string, string>): Record<string, string> {
    const checked: Record<string, string> = {}
    for (const [name, value] of Object.entries(labels))
      checked[name] = name === 'provider' ? providerLabel(value) : word(value)
    return checked
  }
}

/** A gauge without a label stands at 0 once it is reset, and 0 would be a statement. */
function setOrRemove(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove()
  else gauge.set(value)
}
