/** What a metric is, as Prometheus is told. */
export interface MetricDefinition {
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  labels: readonly string[]
  /** Upper bounds of a histogram, in seconds. */
  buckets?: readonly number[]
}

/** From a look into memory to a request that waits for a provider. */
const requestSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const providerSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const storageSeconds = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5]

/**
 * Every metric of ours, without the prefix `latchkey_`. No label has a value that somebody outside chooses: they are the
 * configuration's ids, paths and words of ours.
 */
export const metricTable = {
  build_info: { type: 'gauge', help: 'Always 1; the version that runs.', labels: ['version'] },
  http_request_duration_seconds: {
    type: 'histogram',
    help: 'Requests, from their arrival to the head of the answer.',
    labels: ['route', 'method', 'status'],
    buckets: requestSeconds,
  },
  http_errors_total: {
    type: 'counter',
    help: 'Requests that were answered with an error, by its code.',
    labels: ['route', 'code'],
  },
  http_requests_in_progress: {
    type: 'gauge',
    help: 'Requests under way, by the budget that they are served from.',
    labels: ['work'],
  },
  http_requests_shed_total: {
    type: 'counter',
    help: 'Requests that were turned away because there was too much to do.',
    labels: ['work'],
  },
  token_requests_total: {
    type: 'counter',
    help: 'Requests to the token endpoint.',
    labels: ['grant', 'outcome'],
  },
  events_total: { type: 'counter', help: 'Events of this process, by type.', labels: ['type'] },
  sign_ins_total: {
    type: 'counter',
    help: 'Sign-ins that came back from a provider.',
    labels: ['provider', 'outcome'],
  },
  sessions_created_total: { type: 'counter', help: 'Sessions that began.', labels: ['provider'] },
  sessions_ended_total: { type: 'counter', help: 'Sessions that were ended.', labels: ['reason'] },
  refresh_token_reuse_total: {
    type: 'counter',
    help: 'Sessions that were ended because an old refresh token was used again.',
    labels: [],
  },
  vault_hand_outs_total: {
    type: 'counter',
    help: 'Hand-outs of tokens of connected accounts, proxied and signed calls included.',
    labels: ['provider', 'outcome'],
  },
  vault_renewals_total: {
    type: 'counter',
    help: 'Renewals of the tokens of connected accounts.',
    labels: ['provider', 'outcome'],
  },
  provider_request_duration_seconds: {
    type: 'histogram',
    help: 'Requests to a provider, to the last byte of the answer.',
    labels: ['provider', 'outcome'],
    buckets: providerSeconds,
  },
  provider_outcomes_total: {
    type: 'counter',
    help: 'How it went with a provider, as `latchkey doctor` counts it.',
    labels: ['provider', 'outcome'],
  },
  provider_breaker_open: {
    type: 'gauge',
    help: '1 while a provider is left alone after several outages in a row.',
    labels: ['provider'],
  },
  storage_operation_duration_seconds: {
    type: 'histogram',
    help: 'Operations of the database, the wait for a shared commit included.',
    labels: ['operation'],
    buckets: storageSeconds,
  },
  storage_errors_total: {
    type: 'counter',
    help: 'Operations of the database that failed.',
    labels: ['operation', 'code'],
  },
  signing_key_activation_timestamp_seconds: {
    type: 'gauge',
    help: 'When the key that signs began to.',
    labels: ['algorithm'],
  },
  signing_keys_published: { type: 'gauge', help: 'Keys at /jwks.', labels: [] },
  webhook_messages_waiting: {
    type: 'gauge',
    help: 'Messages in the outbox; 1000 stands for so many and more.',
    labels: [],
  },
  webhook_oldest_message_timestamp_seconds: {
    type: 'gauge',
    help: 'When the oldest of the waiting messages was stored; absent when there is none.',
    labels: [],
  },
} as const satisfies Record<string, MetricDefinition>

export type MetricName = keyof typeof metricTable

/** What the names of our own metrics begin with. */
export const metricPrefix = 'latchkey_'
