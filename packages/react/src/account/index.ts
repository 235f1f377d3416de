'use client'
export { IdentityList, type IdentityListProps } from './IdentityList.tsx'
export { SessionList, type SessionListProps } from './SessionList.tsx'
