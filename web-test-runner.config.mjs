import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
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
import {summary} from './test/support/summary.mjs';

// The test page is opened by a program: nobody has pressed anything.
const CHROME_AUTOPLAY = '--autoplay-policy=no-user-gesture-required';
const FIREFOX_AUTOPLAY = {'media.autoplay.default': 0};

/** Files that are tested in browsers of their own: in each, one page at a time has the focus. */
function group(name, files, browsers = [chrome(), ...(findFirefox() ? [firefox()] : [])]) {
  for (const browser of browsers) browser.name += `, ${name}`;
  return {name, files, browsers};
}

function chrome(...args) {
  return chromeLauncher({
    launchOptions: {executablePath: findChrome(), args: [...CHROME_ARGS, CHROME_AUTOPLAY, ...args]},
  });
}

function firefox() {
  const launcher = chromeLauncher({
    launchOptions: {
      browser: 'firefox',
      executablePath: findFirefox(),
      extraPrefsFirefox: {...FIREFOX_PREFERENCES, ...FIREFOX_AUTOPLAY},
    },
  });
  launcher.name = 'Firefox';
  return launcher;
}

const {url: engineUrl} = await startEngine();
// Where the microphone is opened first, a busy machine must have connected by then.
const question = await recordSpeech('What can you do?', 3);

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  nodeResolve: true,
  concurrency: 1,
  // Two cores have room for five, which wait more than they work. The slowest go first.
  concurrentBrowsers: 5,
  groups: [
    group('spoken', 'test/e2e/spoken/*.test.ts', [
      chrome(`--use-file-for-fake-audio-capture=${question}%noloop`),
    ]),
    group('engine', 'test/{e2e,engines}/*.test.ts'),
    group('components', 'test/components/*.test.ts'),
    group('core', 'test/{core,testing}/*.test.ts'),
  ],
  // In a log, bars that move push what has failed out of sight.
  reporters: [defaultReporter({reportTestProgress: Boolean(process.stdout.isTTY)}), summary()],
  filterBrowserLogs: ({args: [text]}) => !`${text}`.startsWith('Lit is in dev mode'),
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
  browserStartTimeout: 120_000,
  testFramework: {config: {timeout: 120_000}},
  // Longer than all timeouts of a file's tests together, which say what has failed.
  testsFinishTimeout: 600_000,
};
