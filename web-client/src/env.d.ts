/// <reference types="vite/client" />

declare module 'virtual:tokens.css';
declare module 'virtual:words/*' {
  const words: Record<string, unknown>;
  export default words;
}
