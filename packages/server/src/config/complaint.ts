/** What a check has to say about one value: a `Mistake` that does not know its place yet. */
export interface Complaint {
  /** Reads on after the path: `must be ...`, `is ...`, `holds ...`. Never quotes the value. */
  problem: string
  /** An imperative, without a full stop. */
  remedy: string
}

/** A pure judgement of one value: everything that is wrong with it. */
export type Check<T> = (value: T) => Complaint[]

/** `problem` and `remedy` when the condition holds, else nothing. For lists of complaints. */
export const complainIf = (wrong: boolean, problem: string, remedy: string): Complaint[] =>
  wrong ? [{ problem, remedy }] : []
