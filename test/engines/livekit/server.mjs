import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {networkInterfaces} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort, freeUdpPort, run, startProgram} from '../../support/programs.mjs';

/** The last that `go install` takes: those after it have `replace` directives, which it refuses. */
const VERSION = '1.11.0';
const PACKAGE = `github.com/livekit/livekit-server/cmd/server@v${VERSION}`;
/** Ignored by git; kept from one run to the next. */
const FOLDER = fileURLToPath(new URL('../../../.engines/livekit/', import.meta.url));
const SERVER = join(FOLDER, process.platform === 'win32' ? 'server.exe' : 'server');
const HOST = '127.0.0.1';

export const API_KEY = 'devkey';
/** As long as the server wants it. */
export const API_SECRET = 'the-secret-of-a-server-for-tests-alone';

/** Builds the server, once, which takes a minute or two; what is missing, in a sentence, or nothing. */
export function install() {
  const {stdout} = spawnSync(SERVER, ['--version'], {encoding: 'utf8'});
  if (stdout?.trim().endsWith(` ${VERSION}`)) return undefined;
  if (spawnSync('go', ['version']).status !== 0) return 'Go is not there.';
  const failed = run('go', ['install', PACKAGE], {GOBIN: FOLDER, GOTOOLCHAIN: 'local'});
  return failed && `The LiveKit server could not be built: ${failed}`;
}

/** A LiveKit server, which looks nothing up. It is spoken to from this machine alone. */
export class LiveKitServer {
  #configuration;
  #program;
  url;

  static async start() {
    const server = new LiveKitServer();
    const [port, udpPort] = [await freePort(), await freeUdpPort()];
    const address = mediaAddress();
    server.url = `ws://${HOST}:${port}`;
    server.#configuration = {
      port,
      bind_addresses: [HOST],
      keys: {[API_KEY]: API_SECRET},
      logging: {level: 'info'},
      rtc: {
        tcp_port: 0,
        udp_port: udpPort,
        node_ip: address,
        use_external_ip: false,
        enable_loopback_candidate: true,
        ips: {includes: [`${address}/32`]},
        // Without any, clients are sent to public ones. Nobody is there.
        stun_servers: [`${HOST}:3478`],
      },
    };
    await server.restart();
    return server;
  }

  /** What it has said last. */
  get said() {
    return this.#program.said();
  }

  /** Starts it where it has been, knowing nothing of what was before. */
  async restart() {
    // JSON is YAML.
    const args = ['--config-body', JSON.stringify(this.#configuration)];
    this.#program = await startProgram(SERVER, args, this.url.replace('ws', 'http'));
  }

  /** It says nothing any more, to anybody, until `resume`. */
  pause() {
    this.#program.process.kill('SIGSTOP');
  }

  resume() {
    this.#program.process.kill('SIGCONT');
  }

  async kill() {
    const {process} = this.#program;
    if (process.exitCode !== null || process.signalCode !== null) return;
    process.kill('SIGKILL');
    await once(process, 'exit');
  }
}

/** Of this machine. A Firefox that has opened no microphone sends nothing to the loopback address. */
function mediaAddress() {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.find(({family, internal}) => family === 'IPv4' && !internal)?.address ?? HOST;
}
