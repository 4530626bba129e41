import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

const ELEMENT = '<diarupt-interaction session-id="{session}" engine-url="{engine}">';

for (const [what, files] of [
  ['before', ['export', 'interaction']],
  ['after', ['interaction', 'export']],
]) {
  const scripts = files.map(name => `<script src="/dist/diarupt-${name}.js"></script>`);
  inEachBrowser(`a transcript is exported by its element, by a file ${what} its`, async visit => {
    const visited = await visit({html: scripts.join('') + ELEMENT});
    await visited.converse();
    const [text, captions] = await visited.page.evaluate(() => {
      const element = document.querySelector('diarupt-interaction');
      const speakers = {user: 'Visitor', assistant: 'Guide'};
      return [element.exportTranscript('txt'), element.exportTranscript('vtt', speakers)];
    });
    assert.match(text, /^You: What can you do\?$/m);
    assert.match(captions, /^WEBVTT\n[^]*<v Visitor>What can you do\?/);
  });
}
