/** `unverifiable`: nothing speaks against it, but nobody can tell from here. */
export type Verdict = 'ok' | 'warn' | 'fail' | 'unverifiable'

export interface Finding {
  /** What was looked at: `storage`, `provider registration`. */
  check: string
  /** Of which provider, client or origin, where there are several. */
  subject?: string
  verdict: Verdict
  /** What was seen. */
  evidence: string
  /** What to do about it. */
  remedy?: string
}

/** One look, whose findings share a name and a subject. */
export function about(check: string, subject?: string) {
  const finding = (verdict: Verdict, evidence: string, remedy?: string): Finding => ({
    check,
    ...(subject === undefined ? {} : { subject }),
    ...{ verdict, evidence },
    ...(remedy === undefined ? {} : { remedy }),
  })
  return {
    ok: (evidence: string) => finding('ok', evidence),
    unverifiable: (evidence: string, remedy?: string) => finding('unverifiable', evidence, remedy),
    warn: (evidence: string, remedy: string) => finding('warn', evidence, remedy),
    fail: (evidence: string, remedy: string) => finding('fail', evidence, remedy),
  }
}
