import {executeServerCommand} from '@web/test-runner-commands';

interface SessionSeen {
  readonly status: 'IDLE' | 'ACTIVE' | 'PAUSED' | 'TERMINATED';
  readonly history: readonly {role: string; content: string; timestamp: string}[];
}

/** The address of the local engine that the tests run beside. */
export const engineUrl =
  document.querySelector<HTMLMetaElement>('meta[name=engine]')?.content ?? '';

const KEY = {'X-API-KEY': 'test'};

/** An engine of the test's own, at `url` where one has been before. Its address. */
export async function startEngine(url?: string): Promise<string> {
  return (await executeServerCommand<{url: string}, object>('start-engine', {url})).url;
}

export async function signalEngine(url: string, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL') {
  await executeServerCommand('signal-engine', {url, signal});
}

/** Creates a session, as an embedder's server does. `quiet-guide` lets the visitor speak first. */
export async function createSession(
  options: {profile?: string; time_limit?: number; id?: string} = {},
  url = engineUrl,
) {
  const response = await fetch(`${url}/create-session`, {
    method: 'POST',
    headers: {...KEY, 'Content-Type': 'application/json'},
    body: JSON.stringify({face: 'ada', profile: 'quiet-guide', ...options}),
  });
  return ((await response.json()) as {session_id: string}).session_id;
}

export async function readSession(id: string, url = engineUrl): Promise<SessionSeen> {
  const response = await fetch(`${url}/session/${id}`, {headers: KEY});
  return (await response.json()) as SessionSeen;
}

/** Has the engine misbehave in one session: the fields are those of `demo/engine/faults.ts`. */
export async function setFaults(id: string, faults: object, url = engineUrl): Promise<void> {
  await fetch(`${url}/session/${id}/faults`, {
    method: 'PUT',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(faults),
  });
}

/** Keeps the page's peer connections, real as they are, so that their statistics can be read. */
export function watchPeers() {
  const Original = globalThis.RTCPeerConnection;
  const peers: RTCPeerConnection[] = [];
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.push(this);
    }
  };
  return {
    peers,
    restore: () => void (globalThis.RTCPeerConnection = Original),
    /** What has been heard and seen of the AI over the last connection. */
    async received(): Promise<{energy: number; frames: number}> {
      let energy = 0;
      let frames = 0;
      const stats = (await peers.at(-1)?.getStats()) as Map<string, RTCInboundRtpStreamStats>;
      stats?.forEach(({type, kind, totalAudioEnergy = 0, framesDecoded = 0}) => {
        if (type !== 'inbound-rtp') return;
        if (kind === 'audio') energy += totalAudioEnergy;
        else frames += framesDecoded;
      });
      return {energy, frames};
    },
    /** Whether the engine has reported that the visitor's voice arrives, over the last connection. */
    async isHeard(): Promise<boolean> {
      let isHeard = false;
      const stats = (await peers.at(-1)?.getStats()) as Map<string, RTCRtpStreamStats>;
      stats?.forEach(({type, kind}) => {
        isHeard ||= type === 'remote-inbound-rtp' && kind === 'audio';
      });
      return isHeard;
    },
  };
}
