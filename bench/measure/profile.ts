import { readFileSync } from 'node:fs'

interface ProfileNode {
  id: number
  callFrame: { functionName: string; url: string; lineNumber: number }
  children?: number[]
}

/** What `node --cpu-prof` writes, as far as it is read here. */
export interface Profile {
  nodes: ProfileNode[]
  samples: number[]
  /** Microseconds before each sample. */
  timeDeltas: number[]
}

export interface Hotspot {
  name: string
  /** Share of all time that was not idle. */
  share: number
}

export interface Hotspots {
  functions: Hotspot[]
  /** By package, `node:` module or folder of ours; native functions count for whoever called them. */
  places: Hotspot[]
}

const outside = new Set(['(root)', '(idle)'])

/** Where a process was busy, by function and by place, self time only. */
export function hotspots({ nodes, samples, timeDeltas }: Profile, root: string): Hotspots {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map<number, number>()
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node.id)

  /** A native function has no URL: the nearest caller that has one stands for it. */
  function placeOf(node: ProfileNode): string {
    for (let at: ProfileNode | undefined = node; at; at = byId.get(parents.get(at.id) ?? -1)) {
      if (at.callFrame.url !== '') return place(at.callFrame.url, root)
    }
    return node.callFrame.functionName
  }

  const functions = new Map<string, number>()
  const places = new Map<string, number>()
  let busy = 0
  samples.forEach((id, index) => {
    const node = byId.get(id)
    if (!node || outside.has(node.callFrame.functionName)) return
    const time = timeDeltas[index] ?? 0
    busy += time
    const { functionName, url, lineNumber } = node.callFrame
    const where = url === '' ? `native, for ${placeOf(node)}` : `${short(url, root)}:${lineNumber + 1}`
    add(functions, `${functionName || '(anonymous)'}  ${where}`, time)
    add(places, placeOf(node), time)
  })
  return { functions: ranked(functions, busy), places: ranked(places, busy) }
}

export function readHotspots(file: string, root: string): Hotspots {
  const profile: Profile = JSON.parse(readFileSync(file, 'utf8'))
  return hotspots(profile, root)
}

function add(totals: Map<string, number>, key: string, value: number): void {
  totals.set(key, (totals.get(key) ?? 0) + value)
}

function ranked(totals: Map<string, number>, busy: number): Hotspot[] {
  return Array.from(totals, ([name, time]) => ({ name, share: time / busy })).sort(
    (a, b) => b.share - a.share,
  )
}

function short(url: string, root: string): string {
  const path = url.replace(/^file:\/\//, '')
  return path.startsWith(root) ? path.slice(root.length + 1) : path
}

function place(url: string, root: string): string {
  const path = short(url, root)
  const module = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]
  if (module) return module
  if (path.startsWith('node:')) return path
  return path.split('/').slice(0, 4).join('/')
}
