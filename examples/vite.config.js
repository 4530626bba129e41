import {svelte} from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import {createSessionHandler, toNodeListener} from 'diarupt/server';
import {defineConfig} from 'vite';

/** The page's server: it has the key, and makes the sessions. Yours does so for real visitors. */
const sessions = {
  name: 'sessions',
  configureServer(server) {
    const handler = createSessionHandler({
      apiKey: process.env.DIARUPT_API_KEY,
      session: {face: 'ada', profile: 'guide', time_limit: 600},
    });
    const listener = toNodeListener(handler);
    server.middlewares.use((request, response, next) => {
      if (request.url === '/session') listener(request, response);
      else next();
    });
  },
};

export default defineConfig({
  plugins: [
    // What begins with `diarupt-` is an element, and no component that Vue would look for.
    vue({template: {compilerOptions: {isCustomElement: tag => tag.startsWith('diarupt-')}}}),
    svelte(),
    sessions,
  ],
  build: {
    rollupOptions: {input: ['react/index.html', 'vue/index.html', 'svelte/index.html']},
  },
});
