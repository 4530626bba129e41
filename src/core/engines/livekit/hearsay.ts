import type {Room} from 'livekit-client';
import {copy, parseObject} from '../../protocol.js';
import {agentOf, isAgent, STATE} from './agent.js';
import type {Dialogue, Partner} from './dialogue.js';
import {listen} from './room.js';

const CHAT = 'lk.chat';
const MAX_NAME_LENGTH = 64;

/** Whatever agent is there. */
export function partnerIn(room: Room): Partner {
  const identity = () => agentOf(room)?.identity ?? '';
  return {
    call: async method =>
      room.localParticipant.performRpc({destinationIdentity: identity(), method, payload: ''}),
    write: async text =>
      room.localParticipant.sendText(text, {topic: CHAT, destinationIdentities: [identity()]}),
  };
}

/** Tells a dialogue, until the signal is aborted, what a room knows but for what is said there. */
export function follow(room: Room, signal: AbortSignal, dialogue: Dialogue): void {
  listen(room, 'participantConnected', signal, participant => {
    const state = participant.attributes[STATE];
    if (state && isAgent(participant)) dialogue.follow(STATE, state);
  });
  listen(room, 'connected', signal, () => {
    const state = agentOf(room)?.attributes[STATE];
    if (state) dialogue.follow(STATE, state);
  });
  listen(room, 'participantAttributesChanged', signal, (changed, participant) => {
    if (!isAgent(participant)) return;
    for (const [name, value] of Object.entries(changed)) dialogue.follow(name, value);
  });
  listen(room, 'activeSpeakersChanged', signal, () => {
    dialogue.notice(room.localParticipant.isSpeaking);
  });
  listen(room, 'dataReceived', signal, (payload, _sender, _kind, topic) => {
    const json = new TextDecoder().decode(payload);
    dialogue.handOn(topic?.slice(0, MAX_NAME_LENGTH) || 'data', copy(parseObject(json)) ?? json);
  });
}
