import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {chromeLauncher} from '@web/test-runner-chrome';
import {
  CHROME_ARGS,
  FIREFOX_PREFERENCES,
  findChrome,
  findFirefox,
} from './test/support/browsers.mjs';
import {enginePlugin, recordSpeech, startEngine} from './test/support/engine.mjs';
import {garbagePlugin} from './test/support/garbage.mjs';
import {relayPlugin} from './test/support/relay.mjs';

// The test page is opened by a program: nobody has pressed anything.
const CHROME_AUTOPLAY = '--autoplay-policy=no-user-gesture-required';
const FIREFOX_AUTOPLAY = {'media.autoplay.default': 0};

function chrome(...args) {
  return chromeLauncher({
    launchOptions: {executablePath: findChrome(), args: [...CHROME_ARGS, CHROME_AUTOPLAY, ...args]},
    concurrency: 1,
  });
}

function firefox() {
  const launcher = chromeLauncher({
    launchOptions: {
      browser: 'firefox',
      executablePath: findFirefox(),
      extraPrefsFirefox: {...FIREFOX_PREFERENCES, ...FIREFOX_AUTOPLAY},
    },
    concurrency: 1,
  });
  launcher.name = 'Firefox';
  return launcher;
}

const {url: engineUrl} = await startEngine();
const question = await recordSpeech('What can you do?', 1);

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  nodeResolve: true,
  concurrency: 1,
  browsers: [chrome(), ...(findFirefox() ? [firefox()] : [])],
  groups: [
    {name: 'unit', files: ['test/{core,components,testing,build}/*.test.{ts,js}']},
    {name: 'engine', files: 'test/e2e/*.test.ts'},
    {
      name: 'spoken',
      files: 'test/e2e/spoken/*.test.ts',
      browsers: [chrome(`--use-file-for-fake-audio-capture=${question}%noloop`)],
    },
  ],
  plugins: [
    enginePlugin(),
    garbagePlugin(),
    relayPlugin(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
    }),
  ],
  testRunnerHtml: testFramework => `<!doctype html>
    <html lang="en">
      <meta name="engine" content="${engineUrl}">
      <script type="module" src="${testFramework}"></script>
    </html>`,
  testFramework: {config: {timeout: 20_000}},
};
