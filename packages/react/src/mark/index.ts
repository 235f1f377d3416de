export { ProviderMark, type ProviderMarkProps } from './ProviderMark.tsx'
