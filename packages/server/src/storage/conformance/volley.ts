import type { Storage } from '../contract.ts'

/** One call of a storage method, as it is sent to another process. */
export type Call =
  | { issue: Parameters<Storage['oneTime']['issue']> }
  | { consumeOnce: Parameters<Storage['oneTime']['consumeOnce']> }
  | { createWithIdentity: Parameters<Storage['users']['createWithIdentity']> }
  | { joinIdentity: Parameters<Storage['users']['joinIdentity']> }
  | { addIdentity: Parameters<Storage['users']['addIdentity']> }
  | { removeIdentity: Parameters<Storage['users']['removeIdentity']> }
  | { disable: Parameters<Storage['users']['disable']> }
  | { erase: Parameters<Storage['users']['erase']> }
  | { createSession: Parameters<Storage['sessions']['create']> }
  | { rotate: Parameters<Storage['sessions']['rotate']> }
  | { revokeByCode: Parameters<Storage['sessions']['revokeByCode']> }
  | { addFirst: Parameters<Storage['signingKeys']['addFirst']> }
  | { addNext: Parameters<Storage['signingKeys']['addNext']> }
  | { activate: Parameters<Storage['signingKeys']['activate']> }
  | VaultCall

type VaultCall =
  | { connect: Parameters<Storage['connections']['connect']> }
  | { reconnect: Parameters<Storage['connections']['reconnect']> }
  | { removeConnection: Parameters<Storage['connections']['remove']> }
  | { lease: Parameters<Storage['connections']['lease']> }
  | { settle: Parameters<Storage['connections']['settle']> }
  | { reseal: Parameters<Storage['connections']['reseal']> }
  | { claim: Parameters<Storage['quarantine']['claim']> }
  | { claimDue: Parameters<Storage['quarantine']['claimDue']> }
  | { claimMessages: Parameters<Storage['outbox']['claimDue']> }

/** So many callers at once make the same calls, each in the given order. */
export interface Volley {
  callers: number
  calls: Call[]
}

/** What came of a call: its value (absent for undefined), or the error's code. */
export type Answer = { value?: unknown } | { error: string }

/** Sent for every call as soon as it is answered: what has been sent is acknowledged. */
export interface Acknowledgement {
  /** The place of the call in the volley. */
  call: number
  answer: Answer
}

export type MessageFromChild = { ready: true } | { acknowledged: Acknowledgement } | { done: true }

export async function perform(storage: Storage, call: Call): Promise<Answer> {
  try {
    return { value: await dispatch(storage, call) }
  } catch (error) {
    return { error: error instanceof Error && 'code' in error ? String(error.code) : String(error) }
  }
}

function dispatch(storage: Storage, call: Call): Promise<unknown> {
  const { oneTime, users, sessions, signingKeys } = storage
  if ('issue' in call) return oneTime.issue(...call.issue)
  if ('consumeOnce' in call) return oneTime.consumeOnce(...call.consumeOnce)
  if ('createWithIdentity' in call) return users.createWithIdentity(...call.createWithIdentity)
  if ('joinIdentity' in call) return users.joinIdentity(...call.joinIdentity)
  if ('addIdentity' in call) return users.addIdentity(...call.addIdentity)
  if ('removeIdentity' in call) return users.removeIdentity(...call.removeIdentity)
  if ('disable' in call) return users.disable(...call.disable)
  if ('erase' in call) return users.erase(...call.erase)
  if ('createSession' in call) return sessions.create(...call.createSession)
  if ('rotate' in call) return sessions.rotate(...call.rotate)
  if ('revokeByCode' in call) return sessions.revokeByCode(...call.revokeByCode)
  if ('addFirst' in call) return signingKeys.addFirst(...call.addFirst)
  if ('addNext' in call) return signingKeys.addNext(...call.addNext)
  if ('activate' in call) return signingKeys.activate(...call.activate)
  return dispatchToVault(storage, call)
}

function dispatchToVault({ connections, quarantine, outbox }: Storage, call: VaultCall): Promise<unknown> {
  if ('connect' in call) return connections.connect(...call.connect)
  if ('reconnect' in call) return connections.reconnect(...call.reconnect)
  if ('removeConnection' in call) return connections.remove(...call.removeConnection)
  if ('lease' in call) return connections.lease(...call.lease)
  if ('settle' in call) return connections.settle(...call.settle)
  if ('reseal' in call) return connections.reseal(...call.reseal)
  if ('claim' in call) return quarantine.claim(...call.claim)
  if ('claimDue' in call) return quarantine.claimDue(...call.claimDue)
  return outbox.claimDue(...call.claimMessages)
}
