/** The AI of the start page: it answers what is typed, in this page, over a connection within it. */
import {TestEngine} from '../dist/testing/index.js';

const ANSWERS = [
  [/hello|hi\b|hey/i, 'Hello! Ask me how I get onto your page, or what I do in React.'],
  [
    /page|site|embed|html|start/i,
    'One script and one tag. “Getting started” has both, and “In a CMS” the rest.',
  ],
  [/react|vue|svelte|solid|angular|framework/i, 'As any other tag, with types. See “Frameworks”.'],
  [
    /microphone|voice|talk|hear|speak/i,
    'On your page the visitor talks, and the engine hears. Here, only the text field is heard.',
  ],
  [/colou?r|style|css|dark|look/i, 'One colour brands it: --diarupt-accent. “Styling” has more.'],
  [
    /key|session|server|secret/i,
    'The key stays on your server, which makes a session for each visitor.',
  ],
];
const OTHERWISE =
  'I am a short script and know little: ask about pages, frameworks, colours or sessions.';

const engine = new TestEngine();
const element = document.querySelector('diarupt-interaction');
element.engineUrl = engine.url;
element.sessionUrl = engine.sessionUrl;
element.addEventListener('beforeconnect', () => {
  element.stream ??= engine.microphone(); // Now that sound may be made.
});

engine.say('Hello! I am a script in this page. What would you like to know?');
for (;;) {
  const {text} = await engine.receive('user-text');
  engine.say(ANSWERS.find(([about]) => about.test(text))?.[1] ?? OTHERWISE);
}
