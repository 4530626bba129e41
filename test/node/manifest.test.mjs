import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';
import {stateShower} from '../../dist/components/states.js';
import {INTERACTION_EVENTS} from '../../dist/core/events.js';
import {IDLE} from '../../dist/core/state.js';

const read = path => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const {modules} = JSON.parse(await read('dist/custom-elements.json'));
const elements = modules.flatMap(({path, declarations}) =>
  declarations.map(declaration => ({path, ...declaration})),
);
const namesOf = (list = []) => list.map(({name}) => name).sort();
const unique = matches => [...new Set(matches)].sort();

/** Every name that an element can show as `:state(…)`. */
function allStates() {
  const shown = new Set();
  const show = stateShower({add: name => shown.add(name), delete() {}});
  const open = {...IDLE, status: 'open', turn: 'talking', muted: true, mode: 'hands-on'};
  for (const status of ['connecting', 'reconnecting']) show({...IDLE, status});
  for (const activity of ['listening', 'thinking', 'speaking']) show({...open, activity});
  for (const hint of ['unheard', 'silent']) show({...open, hint});
  show(IDLE);
  show({...IDLE, status: 'closed', error: new Error()});
  return [...shown].sort();
}

describe('the manifest', () => {
  it('names every element that is defined, and no other', async () => {
    const source = (await read('src/element.ts')) + (await read('src/devices.ts'));
    const defined = unique(
      [...source.matchAll(/'(diarupt-[a-z-]+)': \w+,/g)].map(([, tag]) => tag),
    );
    assert.deepEqual(elements.map(({tagName}) => tagName).sort(), defined);
  });

  it('tells every event of the interaction', () => {
    const interaction = elements.find(({tagName}) => tagName === 'diarupt-interaction');
    const told = namesOf(interaction.events);
    assert.deepEqual(
      told.filter(name => INTERACTION_EVENTS.includes(name)),
      [...INTERACTION_EVENTS].sort(),
    );
  });

  for (const {path, tagName, ...element} of elements) {
    it(`describes <${tagName}> as it is`, async () => {
      const isWhole = tagName === 'diarupt-interaction';
      const source = (await read(path)) + (isWhole ? await read('src/components/layouts.ts') : '');
      const parts = [...source.matchAll(/ part="([^"$]+)"|render\w*\('([a-z]+)'/g)];
      assert.deepEqual(
        namesOf(element.cssParts),
        unique(parts.map(([, one, other]) => one ?? other)),
      );
      const slots = unique(
        [...source.matchAll(/<slot(?: name="([^"]+)")?[^>]*>/g)].map(([, s = '']) => s),
      );
      assert.deepEqual(namesOf(element.slots), slots);
      const {cssStates, attributes = [], members = [], events = []} = element;
      assert.deepEqual(namesOf(cssStates), allStates());
      for (const {description} of [element, ...attributes, ...members, ...events]) {
        assert.match(description ?? '', /[.:]$/m, 'each has a sentence');
      }
    });
  }

  it('is told to VS Code, with the values that there are', async () => {
    const {tags} = JSON.parse(await read('dist/vscode.html-custom-data.json'));
    assert.deepEqual(namesOf(tags), elements.map(({tagName}) => tagName).sort());
    const {attributes} = tags.find(({name}) => name === 'diarupt-interaction');
    const valuesOf = name => namesOf(attributes.find(attribute => attribute.name === name).values);
    assert.deepEqual(valuesOf('mode'), ['hands-free', 'hands-on']);
    assert.deepEqual(valuesOf('hands-on-control'), ['hold', 'tap']);
    assert.deepEqual(valuesOf('layout'), ['bar', 'floating']);
    assert.deepEqual(valuesOf('session-id'), []);
    for (const {description} of [...tags, ...attributes]) assert.ok(description);
  });
});
