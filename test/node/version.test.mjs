import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {DiaruptInteraction} from 'diarupt/element';

test('the element says the version of the package', async () => {
  const {version} = JSON.parse(await readFile(new URL('../../package.json', import.meta.url)));
  assert.equal(DiaruptInteraction.version, version);
});
