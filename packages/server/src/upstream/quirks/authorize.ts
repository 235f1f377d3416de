import type { Quirk } from './rules.ts'

export const authorizeQuirks: Quirk[] = [
  { name: 'comma-scopes', description: 'scopes joined with a comma', rules: { scopeSeparator: ',' } },
  { name: 'semicolon-scopes', description: 'scopes joined with a semicolon', rules: { scopeSeparator: ';' } },
  {
    // A form-encoded space is a plus sign.
    name: 'plus-scopes',
    description: 'scopes joined with a plus sign',
    rules: { scopeSeparator: ' ' },
  },
  {
    name: 'no-scope-parameter',
    description: 'no scope parameter (permissions are set at the provider)',
    rules: { sendScope: false },
  },
]
