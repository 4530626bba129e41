import {fork} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {AccessToken, RoomServiceClient} from 'livekit-server-sdk';
import {API_KEY, API_SECRET, LiveKitServer} from './server.mjs';

const AGENT = fileURLToPath(new URL('agent.mjs', import.meta.url));
export const AGENT_NAME = 'guide';

/** A LiveKit server and its agents, and what an embedder's server does with them. */
export class Rooms {
  server;
  #agents;
  #service;

  static async open() {
    const rooms = new Rooms();
    rooms.server = await LiveKitServer.start();
    const http = rooms.server.url.replace('ws', 'http');
    rooms.#service = new RoomServiceClient(http, API_KEY, API_SECRET);
    await rooms.startAgents();
    return rooms;
  }

  async close() {
    await this.killAgents();
    await this.server.kill();
  }

  /**
   * A room of its own for a visitor, to which an agent comes when they do: what `getSession` returns, and
   * the room's name. `agent` is what that agent is like, as `attend.mjs` has it; `null` for no agent.
   */
  async invite(agent = {}) {
    const room = `room-${randomUUID()}`;
    const identity = `visitor-${randomUUID()}`;
    const token = new AccessToken(API_KEY, API_SECRET, {identity});
    token.addGrant({room, roomJoin: true});
    // As plain JSON: the SDK's classes write fields that an older server refuses the token for.
    const dispatch = {agentName: AGENT_NAME, metadata: JSON.stringify(agent)};
    if (agent) token.roomConfig = {agents: [dispatch]};
    return {room, identity, session: {token: await token.toJwt(), url: this.server.url}};
  }

  /** Who is in a room: nobody, where it is closed. */
  participants(room) {
    return this.#service.listParticipants(room);
  }

  /** Throws a participant out. */
  remove(room, identity) {
    return this.#service.removeParticipant(room, identity);
  }

  /** Where it has been, for the agents that there are. */
  async restartServer() {
    const ready = once(this.#agents, 'message');
    await this.server.restart();
    await ready;
  }

  async startAgents() {
    this.#agents = fork(AGENT, [AGENT_NAME], {
      // Node 20 has no other WebSocket.
      execArgv: ['--experimental-websocket', '--no-warnings'],
      env: {
        ...process.env,
        NODE_ENV: 'production', // Which says less.
        LIVEKIT_URL: this.server.url,
        LIVEKIT_API_KEY: API_KEY,
        LIVEKIT_API_SECRET: API_SECRET,
      },
    });
    const exited = once(this.#agents, 'exit').then(([code]) => {
      throw new Error(`The agents have ended: ${code}`);
    });
    exited.catch(() => {});
    await Promise.race([exited, once(this.#agents, 'message')]);
  }

  /** All of them, in the middle of what they say. */
  async killAgents() {
    if (this.#agents.exitCode !== null || this.#agents.signalCode !== null) return;
    this.#agents.kill('SIGKILL');
    await once(this.#agents, 'exit');
  }
}
