import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

inEachBrowser(
  'who chooses another engine in the demo talks with that one',
  async (visit, {engineUrl}) => {
    const visited = await visit({html: ''});
    const {page} = visited;
    await page.goto(engineUrl);
    const read = () =>
      page.evaluate(() => {
        const {engine, engineUrl, status} = document.querySelector('diarupt-interaction');
        const shown = document.querySelectorAll('[data-engine]:not([hidden])');
        const snippet = document.querySelector('#snippet').textContent;
        return {
          engine,
          engineUrl,
          status,
          snippet,
          shown: [...shown].map(one => one.dataset.engine),
        };
      });

    await page.click('[value=openai]');
    const [asked, answer] = await visited.converse();
    assert.deepEqual([asked.content, answer.role], ['What can you do?', 'assistant']);
    assert.match(await page.$eval('#log', log => log.textContent), /session\.updated/);
    const talking = await read();
    assert.deepEqual([talking.engine, talking.status], ['openai', 'open']);
    assert.match(talking.snippet, /diarupt-openai\.js.*engine="openai"/s);

    await page.click('[value=pipecat]');
    await page.waitForSelector('[data-engine=pipecat]:not([hidden])');
    const {snippet, ...chosen} = await read();
    const expected = {engine: 'pipecat', engineUrl: 'http://localhost:7860', status: 'closed'};
    assert.deepEqual(chosen, {...expected, shown: ['pipecat']});
    assert.match(snippet, /diarupt-pipecat\.js.*engine-url="http:\/\/localhost:7860"/s);

    await page.click('[value=livekit]');
    await page.waitForSelector('[data-engine=livekit]:not([hidden])');
    const livekit = /engine="livekit"\s+session-url="http:\/\/localhost:7890"\s*>/;
    assert.match((await read()).snippet, livekit);

    await page.click('[value=diarupt]');
    await page.waitForSelector('[data-engine=diarupt]:not([hidden])');
    await visited.open();
    assert.equal((await read()).engine, 'diarupt');
    const {violations, uncaught} = await visited.seen();
    assert.deepEqual([violations, uncaught], [[], []]);
  },
);
