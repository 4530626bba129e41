import {chooseEngine, snippetOf} from './engines.js';

const EVENTS = [
  'open',
  'user-started-talking',
  'user-stopped-talking',
  'transcript',
  'error',
  'close',
  'interaction-event',
];

const find = id => document.getElementById(id);
const interaction = find('interaction');
const log = find('log');

chooseEngine(find('engines'), interaction, chosen => {
  find('snippet').textContent = snippetOf(chosen);
  // Only the engine that serves this page has this guide.
  find('guide').hidden = chosen.engineUrl !== location.origin;
});

for (const name of EVENTS) {
  interaction.addEventListener(name, ({detail}) => {
    const row = document.createElement('li');
    const event = document.createElement('b');
    const data = document.createElement('code');
    event.textContent = name;
    data.textContent =
      detail instanceof Error ? `${detail.code}: ${detail.message}` : JSON.stringify(detail);
    row.append(event, data);
    log.append(row);
    log.scrollTop = log.scrollHeight;
  });
}

find('clear').addEventListener('click', () => log.replaceChildren());

find('copy').addEventListener('click', async ({currentTarget}) => {
  await navigator.clipboard.writeText(find('snippet').textContent);
  currentTarget.textContent = 'Copied';
});

const questions = await (await fetch('/demo/questions')).json();
find('questions').append(
  ...questions.map(question => {
    const item = document.createElement('li');
    item.textContent = question;
    return item;
  }),
);
