import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { customProperties } from './src/theme/custom-properties.ts';

/** Serves the design tokens as a stylesheet, so that CSS and antd's theme share one source. */
function tokens(): Plugin {
  const id = 'virtual:tokens.css';
  return {
    name: 'tokens',
    resolveId: (source) => (source === id ? id : null),
    load: (loaded) => (loaded === id ? customProperties() : null),
  };
}

/** Where the development server finds the platform: `PLATFORM=https://host:port npx vite web-client`. */
const platform = process.env.PLATFORM ?? 'http://127.0.0.1:3000';
const proxied = { target: platform, changeOrigin: false, secure: false };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tokens()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // hls.js and antd are each one large chunk that only their own pages load.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs, in one file that changes only when a library does.
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack|zod)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': proxied,
      '/media': proxied,
      '/whip': proxied,
      '/socket.io': { ...proxied, ws: true },
    },
  },
});
