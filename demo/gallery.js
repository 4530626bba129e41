/** What the manifest says of an element, by heading: its list there, and what the rows show. */
const TABLES = {
  Attributes: ['attributes', ({type, default: value}) => value ?? type?.text],
  'Properties and methods': ['members', ({kind, type}) => (kind === 'method' ? '()' : type?.text)],
  Events: ['events', ({type}) => type?.text],
  Slots: ['slots'],
  Parts: ['cssParts'],
  'Custom properties': ['cssProperties', ({default: value}) => value],
  States: ['cssStates'],
};

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child != null));
  return element;
};

async function startSession() {
  const response = await fetch('/demo/session', {method: 'POST'});
  if (!response.ok) throw new Error(`The demo's server answered ${response.status}.`);
  return (await response.json()).session_id;
}

function describe({tagName, description, ...lists}) {
  const tables = Object.entries(TABLES)
    .filter(([, [list]]) => lists[list])
    .map(([heading, [list, detail]]) => table(heading, lists[list], detail));
  const part = isPart({tagName}) ? make('div', {className: 'part'}, make(tagName)) : null;
  return make(
    'section',
    {id: tagName},
    make('h2', {}, make('code', {textContent: `<${tagName}>`})),
    make('p', {textContent: description}),
    part,
    make('details', {}, make('summary', {textContent: 'Reference'}), ...tables),
  );
}

function table(heading, rows, detail = () => '') {
  const caption = make('caption', {textContent: heading});
  const cells = rows.map(row =>
    make(
      'tr',
      {},
      make('th', {scope: 'row'}, make('code', {textContent: row.name || '(default)'})),
      make('td', {}, make('code', {textContent: detail(row) ?? ''})),
      make('td', {textContent: row.description ?? ''}),
    ),
  );
  return make('table', {}, caption, make('tbody', {}, ...cells));
}

for (const element of document.querySelectorAll('diarupt-interaction')) {
  element.engineUrl = location.origin;
  element.getSession = startSession;
}

const {modules} = await (await fetch('/dist/custom-elements.json')).json();
const isPart = ({tagName}) => tagName !== 'diarupt-interaction';
const elements = modules
  .flatMap(({declarations}) => declarations)
  .sort((one, other) => isPart(one) - isPart(other));
document.getElementById('gallery').append(...elements.map(describe));
document
  .getElementById('contents')
  .append(...elements.map(({tagName}) => make('a', {href: `#${tagName}`, textContent: tagName})));
