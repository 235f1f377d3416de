export { type ChooserPage, chooserPage } from './chooser.ts'
export { type ErrorPage, errorPage } from './error.ts'
export { contentSecurityPolicy, pageHeaders } from './layout.ts'
export { type OnwardPage, onwardPage } from './onward.ts'
