import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {until} from '../../support/until.mjs';

const CLIENT = createRequire(import.meta.url).resolve('livekit-client');

/** In the page: joins the room with LiveKit's own client, and keeps what is told there. */
async function join({url, token}) {
  const {Room, RoomEvent} = globalThis.LivekitClient;
  const room = new Room();
  const others = () => [...room.remoteParticipants.values()];
  const agentOf = ({attributes}) => attributes['lk.publish_on_behalf'];
  Object.assign(globalThis, {
    room,
    states: [],
    lines: [],
    agent: () => others().find(one => one.isAgent && !agentOf(one)),
    avatar: () =>
      others().find(one => one.isAgent && agentOf(one) === globalThis.agent()?.identity),
  });
  const see = participant => {
    if (participant !== globalThis.agent()) return;
    globalThis.states.push(participant.attributes['lk.agent.state']);
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
      const {identity} = globalThis.agent();
      const call = {destinationIdentity: identity, method, payload: ''};
      return globalThis.room.localParticipant.performRpc(call);
    }, method);
  }

  leave() {
    return this.#page.evaluate(() => globalThis.room.disconnect());
  }

  /** Who is there and what has been told so far, by whom. */
  read() {
    return this.#page.evaluate(async () => {
      const {localParticipant} = globalThis.room;
      const agent = globalThis.agent();
      const avatar = globalThis.avatar();
      const tracksOf = participant => [...(participant?.trackPublications.values() ?? [])];
      const trackOf = (participant, kind = 'audio') =>
        tracksOf(participant).find(track => track.kind === kind);
      const by = participant => {
        const lines = globalThis.lines.filter(({identity}) => identity === participant?.identity);
        return lines.map(line => ({...line, text: line.parts.join('')}));
      };
      const voice = await trackOf(avatar ?? agent)?.track?.getReceiverStats();
      const face = await trackOf(avatar, 'video')?.track?.getReceiverStats();
      return {
        agent: agent && {identity: agent.identity, track: trackOf(agent)?.trackSid},
        visitor: {identity: localParticipant.identity, track: trackOf(localParticipant)?.trackSid},
        states: globalThis.states,
        said: by(agent),
        heard: by(localParticipant),
        energy: voice?.totalAudioEnergy ?? 0,
        frames: face?.framesDecoded ?? 0,
      };
    });
  }

  until(what, isSo) {
    return until(what, () => this.read(), isSo);
  }
}
