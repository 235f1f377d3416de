// The catalogue in two halves, one for each worker: see entry-journeys.ts.
import { playEach } from './entry-journeys.ts'
import { entries } from './stage.ts'

playEach(entries.slice(Math.ceil(entries.length / 2)))
