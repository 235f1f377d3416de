export { createSignIn, identityOf, type SignedIn, type SignIn } from './sign-in.ts'
