/** What the compiler must accept, and must not. Never run. */
import {connect, sendUserResponse, type InteractionError, type Next} from '../src/index.js';
import {DiaruptInteraction} from '../src/element.js';
import {TestEngine} from '../src/testing/index.js';
import {createSessionHandler, EngineClient, PipecatClient} from '../src/server/index.js';
import {LiveKitClient} from '../src/server/livekit.js';

const element = document.querySelector('diarupt-interaction');
element satisfies DiaruptInteraction | null;
document.createElement('diarupt-call-button') satisfies HTMLElement;

element?.addEventListener('transcript', event => event.detail.content satisfies string);
element?.addEventListener('transcript', ({detail}) => detail.role satisfies 'user' | 'assistant');
element?.addEventListener('error', event => event.detail satisfies Error);
element?.addEventListener('close', event => event.detail satisfies string);
element?.addEventListener('user-started-talking', event => event.detail satisfies null);
element?.addEventListener('interaction-event', ({detail}) => detail.event satisfies string);
element?.addEventListener('click', event => event.clientX satisfies number);
element?.addEventListener('anything-else', (event: Event) => event.type);
// @ts-expect-error A line has content, not text.
element?.addEventListener('transcript', event => void event.detail.text);
// @ts-expect-error The reason to close is a string.
element?.addEventListener('close', event => void event.detail.reason);

if (element) {
  element.error satisfies InteractionError | null;
  element.status satisfies 'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed';
  element.mode = 'hands-on';
  // @ts-expect-error There is no such mode.
  element.mode = 'hands-up';
  // @ts-expect-error The status is not the page's to set.
  element.status = 'open';
  // @ts-expect-error A language has all words.
  DiaruptInteraction.addWords({lang: 'sv', start: 'Börja prata'});
  element.words = {start: 'Ask us', 'engine-busy': 'Please wait a little.'};
  // @ts-expect-error There is no such word.
  element.words = {strat: 'Ask us'};
  element.next = (event, data) => {
    if (event === 'transcript') data.complete satisfies boolean;
  };
}

const player = document.createElement('video');
await connect('id', {player, mode: 'hands-on', handsOnTimeout: 5000}, (event, data) => {
  if (event === 'transcript') data.content satisfies string;
  if (event === 'error') data.message satisfies string;
  if (event === 'user-started-talking') data satisfies null;
  // @ts-expect-error There is no such event.
  if (event === 'transcripts') return;
});
sendUserResponse() satisfies boolean;

// @ts-expect-error A conversation needs a player.
await connect('id', {});
// @ts-expect-error There is no such option.
await connect('id', {player, handsOnTimout: 5000});

const next: Next = (event, data) => void [event, data];
next('close', 'bye');
// @ts-expect-error A transcript is no string.
next('transcript', 'bye');

const apiKey = 'key';
const session = {face: 'ada', profile: 'guide'};
const engine = new EngineClient({apiKey});
(await engine.createSession(session)).session_id satisfies string;
(await engine.listSessions({limit: 10}))[0]?.status satisfies
  'IDLE' | 'ACTIVE' | 'PAUSED' | 'TERMINATED' | undefined;
// @ts-expect-error A session needs a profile.
await engine.createSession({face: 'ada'});
// @ts-expect-error The API calls it time_limit.
await engine.createSession({...session, timeLimit: 60});

createSessionHandler({apiKey, session}) satisfies (request: Request) => Promise<Response>;
interface Info {
  readonly address: string;
}
const handler = createSessionHandler({
  apiKey,
  session: request => (request.headers.has('Cookie') ? session : new Response(null, {status: 401})),
  client: (_request, info: Info) => info.address,
});
handler satisfies (request: Request, info: Info) => Promise<Response>;
createSessionHandler({
  apiKey,
  session,
  // @ts-expect-error Clients are told apart by what they are called.
  client: (_request, info: Info) => info,
});
// @ts-expect-error A session needs a profile.
createSessionHandler({apiKey, session: {face: 'ada'}});
const bots = new PipecatClient({engineUrl: 'https://bots.example'});
createSessionHandler({engine: bots, session: {body: {page: 'home'}}});
// @ts-expect-error What a bot is given is its body.
createSessionHandler({engine: bots, session});
(await bots.createSession()).session_id satisfies string;
const rooms = new LiveKitClient({engineUrl: 'wss://rooms.example', apiKey, apiSecret: apiKey});
createSessionHandler({engine: rooms, session: {agent: 'guide', metadata: 'home'}});
// @ts-expect-error Somebody has to come.
createSessionHandler({engine: rooms, session: {room: 'lobby'}});

const testEngine = new TestEngine();
(await testEngine.receive('user-text')).text satisfies string;
testEngine.fail('engine-busy');
// @ts-expect-error There is no such code.
testEngine.fail('engine-lazy');
// @ts-expect-error There is no such message.
await testEngine.receive('user-texts');
