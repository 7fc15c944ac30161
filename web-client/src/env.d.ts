/// <reference types="vite/client" />

declare module 'virtual:tokens.css';
declare module 'virtual:words/*' {
  const words: import('./i18n/merged.ts').Words;
  export default words;
}
