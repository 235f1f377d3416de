import { rulesFor as rulesOf, type WireRules } from '@latchkey/providers'
import type { ProviderConfig } from '../config/types.ts'
import { LatchkeyError } from '../errors.ts'

/** How a configured provider is spoken to. @throws LatchkeyError `unknown_quirk` */
export function wireRules({ quirks, wire }: Pick<ProviderConfig, 'quirks' | 'wire'>): WireRules {
  try {
    return rulesOf(quirks, wire)
  } catch (error) {
    if (error instanceof RangeError) throw new LatchkeyError('unknown_quirk', error.message)
    throw error
  }
}
