import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the window's page to out/renderer: no inline script or style, so that the strict content policy holds. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Served from the root of a port today and over app:// tomorrow: every address in the page is relative.
  base: './',
  plugins: [react()],
  // The shell that serves the page puts the nonce of each answer here (electron/program/headers.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    emptyOutDir: true,
    // Not served: the package reads from it which packages, and so which licences, are in the page.
    sourcemap: 'hidden',
    target: 'chrome140',
    // A data: address would need a wider policy for styles and fonts.
    assetsInlineLimit: 0,
    // The preload helper writes link elements at run time; there is one chunk, nothing to preload.
    modulePreload: false,
    reportCompressedSize: false,
  },
})
