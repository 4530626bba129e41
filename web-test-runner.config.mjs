import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {chromeLauncher} from '@web/test-runner-chrome';
import {findChrome, findFirefox} from './test/support/browsers.mjs';

const CHROME_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  // The test page is opened by a program: nobody has pressed anything.
  '--autoplay-policy=no-user-gesture-required',
];

const FIREFOX_PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.autoplay.block-webaudio': false,
};

function chrome() {
  return chromeLauncher({
    launchOptions: {executablePath: findChrome(), args: CHROME_ARGS},
    concurrency: 1,
  });
}

function firefox() {
  const launcher = chromeLauncher({
    launchOptions: {
      browser: 'firefox',
      executablePath: findFirefox(),
      extraPrefsFirefox: FIREFOX_PREFERENCES,
    },
    concurrency: 1,
  });
  launcher.name = 'Firefox';
  return launcher;
}

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  files: ['test/core/**/*.test.ts', 'test/components/**/*.test.ts'],
  nodeResolve: true,
  browsers: [chrome(), ...(findFirefox() ? [firefox()] : [])],
  concurrency: 1,
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
    }),
  ],
  testFramework: {config: {timeout: 20_000}},
};
