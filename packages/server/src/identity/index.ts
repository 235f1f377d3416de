export { identityOf } from './person.ts'
export { createSignIn, type SignedIn, type SignIn } from './sign-in.ts'
