import type {DisconnectReason, Participant, RemoteParticipant, Room} from 'livekit-client';
import {after} from '../../abort.js';
import {InteractionError} from '../../errors.js';
import {isEnd, listen} from './room.js';

/** An agent that has not come by then does not. */
export const AGENT_MS = 20_000;

export const STATE = 'lk.agent.state';
/** Who shows a face for an agent names it there. */
const ON_BEHALF = 'lk.publish_on_behalf';

export function isAgent({isAgent, attributes}: Participant): boolean {
  return !(ON_BEHALF in attributes) && (isAgent || STATE in attributes);
}

/** The agent, while it is there: after a loss, another object stands for it. */
export function agentOf({remoteParticipants}: Room): RemoteParticipant | undefined {
  return [...remoteParticipants.values()].find(isAgent);
}

/** Settles when there is an agent that can be talked to; rejects where none comes. */
export function untilAgent(room: Room, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const waiting = AbortSignal.any([signal, over.signal]);
  const come = new Promise<void>((resolve, reject) => {
    after(AGENT_MS, waiting, () => reject(new InteractionError('engine-busy')));
    const look = () => isReady(agentOf(room)) && resolve();
    listen(room, 'participantConnected', waiting, look);
    listen(room, 'participantAttributesChanged', waiting, look);
    listen(room, 'trackSubscribed', waiting, look);
    look();
  });
  return come.finally(() => over.abort());
}

/** Agents that tell no state are heard. */
function isReady(agent: RemoteParticipant | undefined): boolean {
  const state = agent?.attributes[STATE];
  return state ? state !== 'initializing' : (agent?.audioTrackPublications.size ?? 0) > 0;
}

/** Tells when the agent has left, which is an end, and when it is gone otherwise. */
export function watchAgent(
  room: Room,
  signal: AbortSignal,
  {onLeft, onFailed}: {readonly onLeft: () => void; readonly onFailed: () => void},
): void {
  const lose = (participant: RemoteParticipant, reason?: DisconnectReason) => {
    if (!isAgent(participant)) return;
    // Who enters anew after a loss is told that all have gone, before that they are there.
    queueMicrotask(() => {
      if (signal.aborted || (room.state as string) !== 'connected' || agentOf(room)) return;
      if (isEnd(reason)) onLeft();
      else onFailed();
    });
  };
  listen(room, 'participantDisconnected', signal, lose);
}
