import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What libraries bring along and no page asks for; whoever did would hear of it at once. */
const LEFT_OUT: readonly [RegExp, string | ((id: string) => string)][] = [
  [
    /zod[\\/]v4[\\/]core[\\/]to-json-schema\.js$/,
    `const none = () => () => { throw new Error('JSON schemas are left out of the bundle'); };
     export { none as createStandardJSONSchemaMethod, none as createToJSONSchemaMethod, none as extractDefs,
       none as finalize, none as handleUnrepresentable, none as initializeContext, none as process,
       none as processSchema };`,
  ],
  [
    /zod[\\/]v4[\\/]core[\\/]json-schema-processors\.js$/,
    (id) => {
      const names = [...readFileSync(id, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm)].map(
        ([, name]) => name,
      );
      return `const none = () => { throw new Error('JSON schemas are left out of the bundle'); };
        export { ${names.map((name) => `none as ${name}`).join(', ')} };`;
    },
  ],
  // Asks only whoever watches the router work.
  [
    /react-router[\\/]dist[\\/]production[\\/]lib[\\/]router[\\/]instrumentation\.js$/,
    `const none = () => undefined;
     export { none as consumeInstrumentationClientResultMetaReceiver, none as getRouteInstrumentationUpdates,
       none as instrumentClientSideRouter, none as instrumentHandler, none as instrumentationResultMetaContext };`,
  ],
  // Writes the head of a page on a server, and fetches ahead what that named.
  [
    /react-router[\\/]dist[\\/]production[\\/]lib[\\/]dom[\\/]ssr[\\/]components\.js$/,
    `import { createContext } from 'react';
     const none = () => { throw new Error('server rendering is left out of the bundle'); };
     export const FrameworkContext = createContext(undefined);
     export const usePrefetchBehavior = () => [false, null, {}];
     export const mergeRefs = (...refs) => (value) => {
       for (const ref of refs) if (typeof ref === 'function') ref(value); else if (ref) ref.current = value;
     };
     export { none as CRITICAL_CSS_DATA_ATTRIBUTE, none as Links, none as Meta, none as PrefetchPageLinks,
       none as Scripts, none as setIsHydrated, none as useFrameworkContext };`,
  ],
  [
    /zod[\\/]v4[\\/]locales[\\/]en\.js$/,
    `const localeError = ({ code }) => 'Invalid input: ' + code; export default () => ({ localeError });`,
  ],
  // Everything goes by WebSocket; whoever cannot have that cannot have media either.
  [
    /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]index\.js$/,
    `import { WS } from './websocket.js'; export const transports = { websocket: WS };`,
  ],
  [
    /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]polling-xhr\.js$/,
    'export class BaseXHR {} export class Request {} export class XHR {}',
  ],
  [/[\\/]debug[\\/]src[\\/]browser\.js$/, 'module.exports = () => () => {};'],
  [
    /(mediasoup-client|h264-profile-level-id|awaitqueue)[\\/]lib[\\/]Logger\.js$/,
    `const quiet = () => {}; exports.Logger = class { debug = quiet; warn = quiet; error = quiet; };`,
  ],
  [/mediasoup-client[\\/]lib[\\/]handlers[\\/]ReactNative106\.js$/, 'exports.ReactNative106 = class {};'],
  [/mediasoup-client[\\/]lib[\\/]handlers[\\/]FakeHandler\.js$/, 'exports.FakeHandler = class {};'],
  [/mediasoup-client[\\/]lib[\\/]test[\\/]fakeParameters\.js$/, ''],
];

export function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    enforce: 'pre',
    apply: 'build',
    load(id) {
      const instead = LEFT_OUT.find(([path]) => path.test(id))?.[1];
      return typeof instead === 'function' ? instead(id) : (instead ?? null);
    },
  };
}
