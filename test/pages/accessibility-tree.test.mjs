/** What assistive technology is given of the element, whole: roles, names, order, what is on. */
import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

const BEFORE = `
status
  "Ready when you are"
button "Mute microphone" pressed=false
button "Captions" pressed=false
button "Start talking"
switch "Hands-on" checked=false description="You decide when your response is sent"
log "Transcript"
  "What you both say will appear here."
generic`;

/** The controls of a conversation that is open, without what differs. */
const open = ({says, response = '', mute = 'button "Mute microphone" pressed=false', said}) => `
Video "The AI"
status
  "${says}"
${response}${mute}
button "Captions" pressed=false
button "End"
switch "Hands-on" checked=${response !== ''} description="You decide when your response is sent"
log "Transcript"
${said ?? '  "What you both say will appear here."\ngeneric'}`;

const START = 'await element.connect();';
const ASK = `${START}
  engine.hear('What do you sell?');
  engine.say('Tickets.');
  engine.say('And', {complete: false});`;
const LINES = ['You: What do you sell?', 'AI: Tickets.', 'AI: And']
  .flatMap(line => {
    const [who, what] = line.split(': ');
    return [who, ': ', what].map(text => `  "${text}"`);
  })
  .join('\n');

const DEVICES = `
  element.stream = undefined;
  navigator.mediaDevices.enumerateDevices = async () => [
    {kind: 'audioinput', deviceId: 'desk', label: 'Desk'},
    {kind: 'audiooutput', deviceId: 'room', label: 'Room'},
  ];
  const script = document.createElement('script');
  script.src = '/dist/diarupt-devices.js';
  document.head.append(script);`;

const MENU = `button "Microphone and sound" expanded=true
"Microphone"
combobox "Microphone" expanded=false
  option "Default"
  option "Desk"
"Speaker"
combobox "Speaker" expanded=false
  option "Default"
  option "Room"
"Volume"
slider "Volume"
`;

/** By name: the element's attributes, what happens (in the page), and the tree then. */
const STATES = {
  'before a conversation': ['', '', BEFORE],
  'while the visitor is asked to agree': [
    '',
    `element.innerHTML = '<p slot="consent">What you say is recorded.</p>';
    element.connect().catch(() => {});`,
    `
region "Your consent"
  "What you say is recorded."
  button "Agree and start"
  button "Not now"`,
  ],
  'while the microphone is asked for': [
    '',
    `element.stream = undefined;
    navigator.permissions.query = async () => ({state: 'prompt'});
    navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
    element.connect().catch(() => {});`,
    BEFORE.replace('Ready when you are', 'Please allow the microphone').replace(
      'Start talking',
      'Cancel',
    ),
  ],
  'while it listens': ['', START, open({says: 'Listening'})],
  'while it speaks: what it has said is announced, and in the log': [
    '',
    ASK,
    open({says: 'Speaking', said: `${LINES}\ngeneric\n  "Tickets."`}),
  ],
  'when it has been announced: no line is there twice': [
    '',
    `${ASK}
    const log = element.renderRoot.querySelector('diarupt-transcript').renderRoot;
    while (!log.querySelector('[aria-live=polite] p')) await new Promise(requestAnimationFrame);
    for (const saying of log.getAnimations()) saying.finish();`,
    open({says: 'Speaking', said: `${LINES}\ngeneric`}),
  ],
  'while the visitor is muted': [
    'muted',
    START,
    open({
      says: 'Your microphone is muted',
      mute: 'button "Mute microphone" pressed=true',
    }),
  ],
  'hands-on, while the visitor thinks': [
    'mode="hands-on"',
    `${START}
    engine.send('user-started-talking');
    engine.send('user-paused', {timeout: 600_000});`,
    open({
      says: 'Still thinking? Your response is sent soon',
      response: 'button "Send response"\nbutton "Keep thinking"\nbutton "Discard"\n',
    }),
  ],
  'hands-on, before the visitor has said anything': [
    'mode="hands-on"',
    START,
    open({
      says: 'Your turn to speak',
      response: 'button "Speak, then send" disabled=true\n',
    }),
  ],
  'hands-on, held': [
    'mode="hands-on" hands-on-control="hold"',
    `${START} element.hold();`,
    open({says: 'Your turn to speak', response: 'button "Let go to send" pressed=true\n'}),
  ],
  'with a field to type in': [
    'text-input',
    START,
    `${open({says: 'Listening'})}
form
  textbox "Type instead of talking" multiline=true
  button "Send text"`,
  ],
  'with the menu of devices open': [
    '',
    `${DEVICES}
    const menu = element.renderRoot.querySelector('diarupt-devices');
    await customElements.whenDefined('diarupt-devices');
    await menu.updateComplete;
    menu.renderRoot.querySelector('button').click();`,
    BEFORE.replace('button "Start', `${MENU}button "Start`),
  ],
  'while the connection is made again': [
    '',
    `${START}
    await engine.receive('configure');
    await engine.fallSilent();
    fetch = () => new Promise(() => {});`,
    open({says: 'Connection lost, reconnecting'}).replace('\nVideo "The AI"', ''),
  ],
  'when it has failed': [
    '',
    `engine.fail('engine-busy'); element.connect().catch(() => {});`,
    BEFORE.replace('Ready when you are', 'The engine is busy. Wait a little, then start again.'),
  ],
  'when the visitor has left': [
    '',
    `${START} await element.disconnect();`,
    BEFORE.replace('Ready when you are', 'Paused'),
  ],
  'when the engine has ended it': [
    '',
    `${START} engine.end();`,
    BEFORE.replace('Ready when you are', 'The conversation has ended'),
  ],
  'while the sound is held back': [
    '',
    `const refusal = new DOMException('Press something.', 'NotAllowedError');
    HTMLMediaElement.prototype.play = async function () {
      if (!this.muted) throw refusal;
    };
    ${START}`,
    open({says: 'Listening'}).replace('"The AI"', '"The AI"\nbutton "Play sound"'),
  ],
  'as a button in the corner': [
    'layout="floating"',
    '',
    '\nbutton "Talk with the AI" expanded=false',
  ],
  'as a panel in the corner': [
    'layout="floating" expanded',
    '',
    `\nbutton "Talk with the AI" expanded=true${BEFORE}`,
  ],
  'as a bar': ['layout="bar"', '', BEFORE.replace(/log[^]+(?=generic)/, '')],
  'as a bar, which announces what it does not show': [
    'layout="bar"',
    `${START} engine.say('Tickets.');`,
    `${open({says: 'Listening'}).replace(/log[^]+(?=generic)/, '')}\n  "Tickets."`,
  ],
};

const STATED = ['pressed', 'checked', 'expanded', 'disabled', 'multiline', 'description'];

/** A line for each node, texts by themselves; the page around it is left out. */
function write({role, name, children = [], ...rest}, depth = -1) {
  const states = STATED.filter(state => rest[state] !== undefined).map(
    state => ` ${state}=${JSON.stringify(rest[state])}`,
  );
  const what = role === 'StaticText' ? '' : name ? `${role} ` : role;
  const line = `${'  '.repeat(Math.max(depth, 0))}${what}${name ? `"${name}"` : ''}${states.join('')}`;
  return [depth < 0 ? '' : line, ...children.flatMap(child => write(child, depth + 1))];
}

for (const [name, [attributes, happens, tree]] of Object.entries(STATES)) {
  inEachBrowser(`the tree ${name}`, async (visit, {browserName}, t) => {
    if (browserName !== 'Chromium') return t.skip('tells no program of its tree');
    const {page} = await visit({
      html: `<html lang="en">
        <script src="/dist/diarupt-interaction.js"></script>
        <diarupt-interaction ${attributes} session-id="any"></diarupt-interaction>
        <script type="module">
          import {TestEngine} from '/dist/testing/index.js';
          const engine = new TestEngine();
          const element = document.querySelector('diarupt-interaction');
          element.engineUrl = engine.url;
          element.stream = engine.microphone();
          Object.assign(globalThis, {engine, element});
        </script>`,
    });
    await page.waitForFunction('globalThis.element');
    await page.mouse.click(1, 1); // Who has pressed something may hear the AI.
    await page.evaluate(`(async () => {${happens}})()`);
    let seen;
    const deadline = performance.now() + 15_000;
    do seen = write(await page.accessibility.snapshot()).join('\n');
    while (seen !== tree && performance.now() < deadline);
    assert.equal(seen, tree);
  });
}
