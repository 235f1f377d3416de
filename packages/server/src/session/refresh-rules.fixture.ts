import type { Session } from '../storage/index.ts'
import { type Attempt, graceMs, type Run, type Statement } from './refresh-run.fixture.ts'

/** What must hold of every attempt, whatever the others do. */
const ofAttempts: Record<string, (attempt: Attempt) => boolean> = {
  'A33 a generation has one successor': ({ outcome, presented, successor }) =>
    outcome !== 'issued' || successor === presented + 1,

  'A33 a row moves forward alone, and to the successor of what was presented': ({ statements, presented }) =>
    statements.every(
      ({ name, before, after }) =>
        after.counter === before.counter ||
        (name === 'rotate' && after.counter === presented + 1 && after.counter > before.counter),
    ),

  'A33 nothing is issued ahead of the row': ({ outcome, presented, statements, restored }) =>
    outcome !== 'issued' || restored || (statements.at(-1)?.after.counter ?? 0) > presented,

  'A32 A35 without its key and its client a session is looked at and no more': ({
    rightful,
    outcome,
    ...attempt
  }) =>
    rightful ||
    ((outcome === 'refused' || attempt.faulty) &&
      attempt.statements.every(({ name }) => name === 'session') &&
      attempt.statements.length <= 1),

  'A34 only what was good when it came is answered': (attempt) =>
    attempt.outcome !== 'issued' || (attempt.rightful && !isReuse(attempt)),

  'A34 reuse by the right key ends the session, though its answer is an error; nothing else does': (
    attempt,
  ) => {
    const ending = attempt.statements.find(({ name }) => name === 'revoke')
    if (ending === undefined) return !attempt.rightful || attempt.faulty || !isReuse(attempt)
    return (
      attempt.rightful &&
      isReuse(attempt) &&
      attempt.outcome !== 'issued' &&
      isOver(ending.after, ending.askedAt)
    )
  },

  'A36 the absolute end never moves, and the idle end never past it': ({ statements }) =>
    statements.every(
      ({ before, after }) =>
        after.absoluteExpiresAt === before.absoluteExpiresAt &&
        after.idleExpiresAt <= after.absoluteExpiresAt,
    ),

  'A39 nothing is issued of a session that has ended': ({ outcome, statements }) => {
    const last = statements.at(-1)
    return outcome !== 'issued' || (last !== undefined && !isOver(last.after, last.askedAt))
  },

  'A33 nobody is refused by a race: the row says why': (attempt) =>
    attempt.outcome !== 'refused' || !attempt.rightful || isReuse(attempt) || isRefusedAsOver(attempt),

  'only a failing database is told as one, and a hook that fails moves nothing': ({ outcome, ...attempt }) =>
    (outcome !== 'unknown' || attempt.faulty) &&
    (outcome !== 'failed' ||
      attempt.statements.every(({ before, after }) => before.counter === after.counter)),
}

/** As long as nobody else has the key, the browser is signed out by an end, by time or by its own late second try. */
function keepsItsSession({ attempts }: Run): boolean {
  if (attempts.some(({ by, rightful }) => by === 'anybody' && rightful)) return true
  let lateTry = false
  for (const attempt of attempts.filter(({ by }) => by === 'browser')) {
    if (isReuse(attempt)) {
      if (attempt.statements[0]?.before.counter !== attempt.presented + 1) return false
      lateTry = true
    }
  }
  return (
    lateTry ||
    attempts.every(({ statements }) =>
      statements.every(({ after }) => after.revokedReason !== 'refresh_token_reused'),
    )
  )
}

/** The names of the rules that a run breaks. */
export function broken(run: Run): string[] {
  const names = Object.entries(ofAttempts).filter(([, holds]) => !run.attempts.every(holds))
  return [
    ...names.map(([name]) => name),
    ...(keepsItsSession(run) ? [] : ['a browser that follows the rules stays signed in']),
  ]
}

/** Told by the first look alone, and by the time at which the token came. */
function isReuse({ statements: [look], presented, arrivedAt }: Attempt): boolean {
  if (look === undefined || isOver(look.before, arrivedAt)) return false
  const { counter, rotatedAt } = look.before
  return presented < counter - 1 || (presented === counter - 1 && arrivedAt >= rotatedAt + graceMs)
}

function isRefusedAsOver({ statements, endedAt }: Attempt): boolean {
  const last: Statement | undefined = statements.at(-1)
  return last !== undefined && isOver(last.after, endedAt)
}

const isOver = (row: Session, now: number): boolean =>
  row.revokedAt !== undefined || now >= row.idleExpiresAt || now >= row.absoluteExpiresAt
