const EVENTS = [
  'open',
  'user-started-talking',
  'user-stopped-talking',
  'transcript',
  'error',
  'close',
  'interaction-event',
];

const SNIPPET = `<script async src="${location.origin}/dist/diarupt-interaction.js"></script>
<diarupt-interaction
  session-url="${location.origin}/demo/session"
  engine-url="${location.origin}"
></diarupt-interaction>
<script>
  document
    .querySelector('diarupt-interaction')
    .addEventListener('transcript', ({detail}) => console.log(detail.content));
</script>`;

const find = id => document.getElementById(id);
const interaction = find('interaction');
const log = find('log');

interaction.engineUrl = location.origin;

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

find('snippet').textContent = SNIPPET;
find('copy').addEventListener('click', async ({currentTarget}) => {
  await navigator.clipboard.writeText(SNIPPET);
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
