'use client'
export { ConnectionList, type ConnectionListProps } from './ConnectionList.tsx'
export type { ConnectionMessages } from './messages.ts'
export { type Connections, useConnections } from './use-connections.ts'
