import {once} from 'node:events';
import {
  AudioStream,
  DisconnectReason,
  ParticipantKind,
  Room,
  RoomEvent,
  TrackKind,
  TrackSource,
} from '@livekit/rtc-node';
import {Conversation} from '../../../build/engine/conversation.js';
import {Speaker} from '../../../build/engine/speaker.js';
import {SAMPLE_RATE} from '../../../build/engine/speech/types.js';
import {publishVoice, sendAvatar} from './stage.mjs';
import {Transcripts} from './transcripts.mjs';

const HANDS_FREE = {mode: 'hands-free', handsOnTimeout: null};
const HANDS_ON = {mode: 'hands-on', handsOnTimeout: null};

/** Why visitors leave who do not come back. */
const FOR_GOOD = new Set([
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.USER_REJECTED,
]);

/**
 * Talks with the visitor of a room from when they come until they leave it: the local engine's
 * conversation, told as LiveKit's framework tells. The job's metadata is JSON, all of it optional: the
 * guide's `profile`; `pushToTalk`, where nothing is heard but within a turn; `avatar`, where somebody
 * else is seen and heard for it.
 */
export async function attend(job, token, server, speech) {
  await new Attendance(server, speech, JSON.parse(job.metadata || '{}')).attend(token);
}

class Attendance {
  #room = new Room();
  #life = new AbortController();
  #server;
  #speech;
  #wanted;
  #conversation;
  #transcripts;
  #state;
  #stateTold = Promise.resolve();
  #isTyped = false;
  #isDeaf;

  constructor(server, speech, wanted) {
    this.#server = server;
    this.#speech = speech;
    this.#wanted = wanted;
    this.#isDeaf = wanted.pushToTalk;
  }

  async attend(token) {
    const {signal} = this.#life;
    const ended = once(signal, 'abort');
    this.#room.on(RoomEvent.Disconnected, () => this.#life.abort());
    this.#room.on(RoomEvent.TrackSubscribed, (track, _, participant) => {
      if (track.kind === TrackKind.KIND_AUDIO && isVisitor(participant)) void this.#listen(track);
    });
    await this.#room.connect(this.#server.url, token, {autoSubscribe: true, dynacast: false});
    this.#tellState('initializing');
    await Promise.race([ended, this.#begin()]);
    await ended;
    await this.#transcripts?.published;
    await this.#room.disconnect();
  }

  async #begin() {
    const visitor = await this.#untilVisited();
    this.#room.on(RoomEvent.ParticipantDisconnected, ({identity, disconnectReason}) => {
      if (identity === visitor.identity && FOR_GOOD.has(disconnectReason)) this.#life.abort();
    });
    const {signal} = this.#life;
    const speak = this.#wanted.avatar
      ? await sendAvatar(this.#server, this.#room, signal)
      : await publishVoice(this.#room, signal);
    if (signal.aborted) return;
    const agent = this.#room.localParticipant;
    this.#transcripts = new Transcripts(agent, visitor, identity => this.#trackOf(identity));
    const speaker = new Speaker();
    speaker.start(speak, signal);
    this.#conversation = new Conversation(
      {
        speech: {...this.#speech, mind: profile => this.#watch(this.#speech.mind(profile))},
        profile: this.#wanted.profile ?? 'guide',
        history: [],
        isRepeated: () => false,
        speaker,
        send: (event, data) => this.#tell(event, data),
        fail: error => {
          console.error(error);
          this.#life.abort();
        },
      },
      signal,
    );
    this.#takeTexts(visitor);
    this.#takeTurns(agent);
    this.#tellState('listening');
    this.#conversation.configure(HANDS_FREE);
  }

  #untilVisited() {
    return new Promise(resolve => {
      const look = participant => isVisitor(participant) && resolve(participant);
      this.#room.on(RoomEvent.ParticipantConnected, look);
      for (const participant of this.#room.remoteParticipants.values()) look(participant);
    });
  }

  async #listen(track) {
    for await (const {data} of new AudioStream(track, {sampleRate: SAMPLE_RATE, numChannels: 1})) {
      if (!this.#isDeaf) this.#conversation?.hear(data.slice());
    }
  }

  /** Who types interrupts. */
  #takeTexts(visitor) {
    this.#room.registerTextStreamHandler('lk.chat', async (reader, {identity}) => {
      const text = (await reader.readAll()).trim();
      if (identity !== visitor.identity || text === '') return;
      // A text is in no transcript.
      this.#isTyped = true;
      this.#conversation.receive({event: 'user-text', data: {text}});
      this.#isTyped = false;
    });
  }

  /** Within a turn of theirs, the visitor says when it is over; otherwise that is when they fall silent. */
  #takeTurns(agent) {
    const conversation = this.#conversation;
    const methods = {
      start_turn: () => {
        conversation.turnInsists();
        conversation.receive({event: 'discard-user-response'});
        conversation.configure(HANDS_ON);
        this.#isDeaf = false;
      },
      end_turn: () => {
        conversation.receive({event: 'send-user-response'});
        this.#endTurn();
      },
      cancel_turn: () => {
        conversation.receive({event: 'discard-user-response'});
        this.#endTurn();
      },
    };
    for (const [name, run] of Object.entries(methods)) {
      agent.registerRpcMethod(name, async () => {
        run();
        return '';
      });
    }
  }

  #endTurn() {
    this.#conversation.configure(HANDS_FREE);
    this.#isDeaf = this.#wanted.pushToTalk;
  }

  /** A mind that is seen to think, and to be interrupted. */
  #watch(mind) {
    return {
      greeting: () => mind.greeting(),
      answer: (history, understood, signal) => {
        this.#tellState('thinking');
        signal.addEventListener('abort', () => this.#tellState('listening'), {once: true});
        return mind.answer(history, understood, signal);
      },
    };
  }

  #tell(event, data) {
    if (event !== 'transcript') return;
    const {role, content, complete} = data;
    if (role === 'user') {
      // What was not understood, or is to be forgotten, is not told.
      if (!this.#isTyped && content !== '') this.#transcripts.hear(content, complete);
      return;
    }
    if (!complete) this.#tellState('speaking');
    else if (this.#state === 'speaking') this.#tellState('listening');
    this.#transcripts.speak(content, complete);
  }

  #tellState(state) {
    if (state === this.#state) return;
    this.#state = state;
    const tell = () => this.#room.localParticipant.setAttributes({'lk.agent.state': state});
    this.#stateTold = this.#stateTold.then(tell).catch(() => {});
  }

  #trackOf(identity) {
    const {localParticipant, remoteParticipants} = this.#room;
    const everybody = [localParticipant, ...remoteParticipants.values()];
    const participant = everybody.find(one => one.identity === identity);
    const tracks = [...(participant?.trackPublications.values() ?? [])];
    return tracks.find(({source}) => source === TrackSource.SOURCE_MICROPHONE)?.sid;
  }
}

function isVisitor({kind}) {
  return kind === ParticipantKind.STANDARD;
}
