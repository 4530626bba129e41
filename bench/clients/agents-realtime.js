import {OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession} from '@openai/agents-realtime';

let session;

export function open({engineUrl, token}) {
  const transport = new OpenAIRealtimeWebRTC({baseUrl: `${engineUrl}/v1/realtime/calls`});
  session = new RealtimeSession(new RealtimeAgent({name: 'Guide'}), {transport});
  return session.connect({apiKey: token});
}

export const leave = () => session.close();
