import type {EngineMessage} from './messages.js';
import type {Conversation} from './state.js';
import {withTranscript} from './transcript.js';

/** How the conversation stands when the engine has told that. */
export function withMessage(before: Conversation, message: EngineMessage): Conversation {
  const after = concluded(before, message);
  return {...after, activity: message.activity ?? after.activity};
}

function concluded(before: Conversation, message: EngineMessage): Conversation {
  switch (message.event) {
    case 'user-started-talking':
      return {...before, turn: 'talking', activity: 'listening'};
    case 'user-paused':
      return {...before, pause: message.data};
    case 'user-resumed':
      return {...before, pause: null};
    case 'user-stopped-talking':
      return {...before, turn: 'waiting', pause: null};
    case 'transcript': {
      const {role, complete, content} = message.data;
      const heard = role === 'user' && complete && content !== '';
      const speaks = role === 'assistant' && !complete;
      return {
        ...before,
        transcript: withTranscript(before.transcript, message.data),
        activity: heard ? 'thinking' : speaks ? 'speaking' : 'listening',
      };
    }
    default:
      return before;
  }
}
