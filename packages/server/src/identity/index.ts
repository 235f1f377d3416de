export { createUserAdministration } from './administration.ts'
export { issueInvite } from './invites.ts'
export { identityOf } from './person.ts'
export { createSignIn, type SignedIn, type SignIn } from './sign-in.ts'
