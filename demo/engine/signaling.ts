import {Connection} from './connection.js';
import {parseFaults} from './faults.js';
import {invalid, mediaType, readBody, readObject, Refusal, type Call, type Reply} from './http.js';
import {spoil, stall} from './misbehavior.js';
import type {Route} from './router.js';
import {hasMedia, parseFragment, type Fragment} from './sdp.js';
import type {Session, Sessions} from './sessions.js';
import type {Speech} from './speech/types.js';

const MAX_CONNECTIONS = 50;

/** Seconds after which it is worth to try again: a lost client is given up by then. */
const RETRY_AFTER = '3';

const OFFER = 'application/sdp';
const FRAGMENT = 'application/trickle-ice-sdpfrag';

/** How a client connects to a session: WHIP-shaped (RFC 9725), described in docs/protocol.md. */
export function signalingRoutes(sessions: Sessions, speech: Speech): Route[] {
  const connect = async ({request, params: [id = ''], signal}: Call): Promise<Reply> => {
    const session = sessions.get(id);
    if (session.status === 'TERMINATED') {
      throw new Refusal(410, 'session-ended', 'The session has ended: create a new one.');
    }
    const offer = await readOffer(request);
    signal.throwIfAborted();
    if (session.connection?.alive) {
      throw new Refusal(409, 'session-busy', 'The session is connected elsewhere.', {
        'Retry-After': RETRY_AFTER,
      });
    }
    if (sessions.connections().length >= MAX_CONNECTIONS) {
      throw new Refusal(503, 'engine-busy', 'The engine has no room for another visitor.', {
        'Retry-After': RETRY_AFTER,
      });
    }
    return open(session, offer, speech, signal);
  };

  const find = ([id = '', connectionId = '']: readonly string[]): Connection => {
    const {connection} = sessions.get(id);
    if (connection?.id === connectionId) return connection;
    throw new Refusal(404, 'connection-not-found', 'There is no such connection.');
  };

  const patch = async ({request, params}: Call): Promise<Reply> => {
    const connection = find(params);
    const [session] = params;
    const refused = sessions.get(session ?? '').faults.patch;
    if (refused !== undefined) throw new Refusal(refused, 'not-supported', 'No PATCH here.');
    const condition = request.headers['if-match'];
    const fragment = await readFragment(request);
    if (condition === undefined) {
      throw new Refusal(428, 'precondition-required', 'If-Match is missing.');
    }
    if (condition === '*') return restarted(connection, fragment);
    if (condition !== connection.etag) {
      throw new Refusal(412, 'precondition-failed', 'If-Match names an ICE session of the past.');
    }
    await connection.addCandidates(fragment);
    return {status: 204};
  };

  /** Closing the peer connection is often faster than the request that tells of it. */
  const disconnect = ({params}: Call): Reply => {
    const [id = '', connectionId] = params;
    if (sessions.get(id).lastConnectionId !== connectionId) void find(params).close();
    return {status: 200};
  };

  const location = /^\/session\/([^/]+)\/connection\/([^/]+)$/;
  return [
    {method: 'POST', path: /^\/session\/([^/]+)\/connection$/, handle: faultily(sessions, connect)},
    {method: 'PATCH', path: location, handle: patch},
    {method: 'DELETE', path: location, handle: disconnect},
  ];
}

/** What makes a session misbehave, for tests of clients. */
export function faultRoutes(sessions: Sessions): Route[] {
  const put = async ({request, params: [id = '']}: Call): Promise<Reply> => {
    sessions.get(id).faults = parseFaults(await readObject(request));
    return {status: 204};
  };

  const send = async ({request, params: [id = '']}: Call): Promise<Reply> => {
    const {connection} = sessions.get(id);
    const body = await readBody(request);
    const binary = mediaType(request) === 'application/octet-stream';
    const sent = connection?.sendFrame(binary ? Uint8Array.from(body) : body.toString());
    if (!sent) throw new Refusal(409, 'not-connected', 'The session is not connected.');
    return {status: 204};
  };

  return [
    {method: 'PUT', path: /^\/session\/([^/]+)\/faults$/, handle: put},
    {method: 'POST', path: /^\/session\/([^/]+)\/send$/, handle: send},
  ];
}

/** The last offer counts: a client that has given up a connection may not be able to tell. */
async function open(
  session: Session,
  offer: string,
  speech: Speech,
  signal: AbortSignal,
): Promise<Reply> {
  void session.connection?.close('connected again');
  const connection = new Connection(session, speech);
  session.connection = connection;
  signal.addEventListener('abort', () => void connection.close(), {once: true});
  try {
    const answer = await connection.accept(offer);
    const headers = {
      'Content-Type': OFFER,
      Location: `/session/${session.id}/connection/${connection.id}`,
      ETag: connection.etag,
    };
    return {status: 201, headers, body: answer};
  } catch (error) {
    void connection.close();
    throw error;
  }
}

async function restarted(connection: Connection, fragment: Fragment): Promise<Reply> {
  const body = await connection.restart(fragment);
  if (body === undefined) return {status: 204};
  return {status: 200, headers: {'Content-Type': FRAGMENT, ETag: connection.etag}, body};
}

/** Has a session's requests for a connection go wrong as its faults say. */
function faultily(sessions: Sessions, connect: Route['handle']): Route['handle'] {
  return async call => {
    const session = sessions.get(call.params[0] ?? '');
    const fault = session.faults.answer;
    if (!fault || fault.times === 0) return connect(call);
    if (fault.times !== undefined) {
      session.faults = {...session.faults, answer: {...fault, times: fault.times - 1}};
    }
    await stall(fault, call.signal);
    const reply = fault.status === undefined ? await connect(call) : {status: fault.status};
    return spoil(reply, fault);
  };
}

async function readOffer(request: Call['request']): Promise<string> {
  const offer = await readText(request, OFFER);
  if (!offer.startsWith('v=0')) {
    throw new Refusal(400, 'invalid-request', 'The body is not a session description.');
  }
  if (!hasMedia(offer, 'audio')) throw invalid('The offer has no audio.');
  if (!hasMedia(offer, 'application')) throw invalid('The offer has no data channel.');
  return offer;
}

async function readFragment(request: Call['request']): Promise<Fragment> {
  const fragment = parseFragment(await readText(request, FRAGMENT));
  if (fragment) return fragment;
  throw new Refusal(400, 'invalid-request', 'The body is not a trickle fragment.');
}

async function readText(request: Call['request'], type: string): Promise<string> {
  if (mediaType(request) !== type) {
    throw new Refusal(415, 'unsupported-media-type', `Content-Type must be ${type}.`);
  }
  return (await readBody(request)).toString();
}
