import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {until} from '../../support/until.mjs';

const CLIENT = createRequire(import.meta.url).resolve('livekit-client');

/** In the page: joins the room with LiveKit's own client, and keeps what is told there. */
async function join({url, token}) {
  const {Room, RoomEvent} = globalThis.LivekitClient;
  const room = new Room();
  Object.assign(globalThis, {room, states: [], lines: []});
  const see = ({isAgent, attributes}) => {
    if (isAgent) globalThis.states.push(attributes['lk.agent.state']);
  };
  room.on(RoomEvent.ParticipantConnected, see);
  room.on(RoomEvent.ParticipantAttributesChanged, (changed, participant) => {
    if ('lk.agent.state' in changed) see(participant);
  });
  room.on(RoomEvent.TrackSubscribed, track => document.body.append(track.attach()));
  room.registerTextStreamHandler('lk.transcription', async (reader, {identity}) => {
    const line = {identity, attributes: reader.info.attributes, parts: [], isOver: false};
    globalThis.lines.push(line);
    for await (const part of reader) line.parts.push(part);
    line.isOver = true;
  });
  await room.connect(url, token);
  for (const participant of room.remoteParticipants.values()) see(participant);
}

/** A visitor in a room, without anything of ours. */
export class Visit {
  #page;

  static async on(page, url, session) {
    const visit = new Visit();
    visit.#page = page;
    await page.goto(url);
    await page.addScriptTag({content: readFileSync(CLIENT, 'utf8')});
    await page.evaluate(join, session);
    return visit;
  }

  /** Into a microphone that was off so far. */
  speak() {
    return this.#page.evaluate(async () => {
      await globalThis.room.localParticipant.setMicrophoneEnabled(true);
    });
  }

  type(text) {
    return this.#page.evaluate(
      text => globalThis.room.localParticipant.sendText(text, {topic: 'lk.chat'}),
      text,
    );
  }

  /** What the agent returns. */
  call(method) {
    return this.#page.evaluate(method => {
      const {localParticipant, remoteParticipants} = globalThis.room;
      const [{identity}] = remoteParticipants.values();
      return localParticipant.performRpc({destinationIdentity: identity, method, payload: ''});
    }, method);
  }

  leave() {
    return this.#page.evaluate(() => globalThis.room.disconnect());
  }

  /** Who is there and what has been told so far, by whom. */
  read() {
    return this.#page.evaluate(async () => {
      const {localParticipant, remoteParticipants} = globalThis.room;
      const [agent] = remoteParticipants.values();
      const trackOf = participant => [...(participant?.trackPublications.values() ?? [])][0];
      const by = participant => {
        const lines = globalThis.lines.filter(({identity}) => identity === participant?.identity);
        return lines.map(line => ({...line, text: line.parts.join('')}));
      };
      const stats = await trackOf(agent)?.track?.getReceiverStats();
      return {
        agent: agent && {identity: agent.identity, track: trackOf(agent)?.trackSid},
        visitor: {identity: localParticipant.identity, track: trackOf(localParticipant)?.trackSid},
        states: globalThis.states,
        said: by(agent),
        heard: by(localParticipant),
        energy: stats?.totalAudioEnergy ?? 0,
      };
    });
  }

  until(what, isSo) {
    return until(what, () => this.read(), isSo);
  }
}
