/** Other tabs of the app whose panel is there: each says hello, and is answered. */
export function watchTabs(name: string, changed: (count: number) => void): () => void {
  const me = Math.trunc(performance.timeOrigin + performance.now())
  const others = new Set<number>()
  const channel = new BroadcastChannel(name)
  const say = (kind: 'hello' | 'here' | 'gone') => channel.postMessage({ kind, from: me })
  channel.onmessage = ({ data }: MessageEvent<{ kind: string; from: number }>) => {
    if (data.kind === 'gone') others.delete(data.from)
    else others.add(data.from)
    if (data.kind === 'hello') say('here')
    changed(others.size + 1)
  }
  const gone = () => say('gone')
  const back = ({ persisted }: PageTransitionEvent) => persisted && say('hello')
  addEventListener('pagehide', gone)
  addEventListener('pageshow', back)
  say('hello')
  return () => {
    gone()
    channel.close()
    removeEventListener('pagehide', gone)
    removeEventListener('pageshow', back)
  }
}
