export { backchannelLogout } from './backchannel.ts'
export { logoutDone } from './done.ts'
export { logout } from './logout.ts'
