import {setTimeout as pass} from 'node:timers/promises';
import {AccessToken} from 'livekit-server-sdk';

const RETRY_MS = 200;

/**
 * Takes the jobs that a LiveKit server has for the agents of that name, as LiveKit's own framework does:
 * one for each room in which they are wanted. `ready` is called when it knows of us, and again after it
 * has been away.
 */
export async function takeJobs(server, name, take, ready) {
  for (;;) {
    await serve(server, name, take, ready);
    await pass(RETRY_MS);
  }
}

async function serve({url, apiKey, apiSecret}, name, take, ready) {
  const token = new AccessToken(apiKey, apiSecret);
  token.addGrant({agent: true});
  const socket = new WebSocket(`${url}/agent?access_token=${await token.toJwt()}`);
  // Who talks in JSON is answered in it.
  const send = message => socket.send(JSON.stringify(message));
  const report = (jobId, status) => send({updateJob: {jobId, status}});
  socket.onopen = () => send({register: {type: 'JT_ROOM', agentName: name, version: '1.0.0'}});
  socket.onmessage = async ({data}) => {
    const {register, availability, assignment} = JSON.parse(data);
    if (register) ready();
    if (availability) {
      const {id} = availability.job;
      send({
        availability: {
          jobId: id,
          available: true,
          participantIdentity: `agent-${id}`,
          participantName: name,
        },
      });
    }
    if (assignment) {
      const {job, token} = assignment;
      report(job.id, 'JS_RUNNING');
      const failed = await take(job, token).catch(error => error);
      if (failed) console.error(failed);
      if (socket.readyState !== WebSocket.OPEN) return;
      report(job.id, failed ? 'JS_FAILED' : 'JS_SUCCESS');
    }
  };
  // Where nobody is there, Node 20 tells of the error alone.
  await new Promise(resolve => (socket.onclose = socket.onerror = resolve));
}
