import { useEffect, useState } from 'react'

/** True once `active` has lasted this long; waiting shorter than that shows nothing. */
export function useAfter(active: boolean, milliseconds: number): boolean {
  const [passed, setPassed] = useState(false)
  useEffect(() => {
    if (!active) return setPassed(false)
    const timer = setTimeout(() => setPassed(true), milliseconds)
    return () => clearTimeout(timer)
  }, [active, milliseconds])
  return passed
}
