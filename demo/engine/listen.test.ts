import assert from 'node:assert/strict';
import {createServer, type Server} from 'node:http';
import {networkInterfaces} from 'node:os';
import {test} from 'node:test';
import {listen, portOf} from './listen.js';

const addresses = Object.values(networkInterfaces()).flatMap(at => at ?? []);
const skip = !addresses.some(({address}) => address === '::1') && 'There is no IPv6 here.';

test(
  'where any port will do, one that is free on one address only is passed over',
  {skip},
  async () => {
    const made: Server[] = [];
    const other = createServer();
    const servers = await listen(0, () => {
      // Between the first address and the second, somebody else takes the port of the second.
      if (made.length === 1) other.listen(portOf(made), '::1');
      const server = createServer();
      made.push(server);
      return server;
    });
    const [first, second] = servers;
    assert.equal(made.length, 4);
    assert.deepEqual([first, second], made.slice(2));
    assert.notEqual(portOf(servers), portOf([other]));
    assert.equal(portOf([second as Server]), portOf(servers));
    for (const server of [...servers, other]) server.close();
  },
);

test('a port that is taken is refused, and nothing is left listening', async () => {
  const before = await listen(0, createServer);
  const made: Server[] = [];
  await assert.rejects(
    listen(portOf(before) as number, () => {
      made.push(createServer());
      return made.at(-1) as Server;
    }),
    {code: 'EADDRINUSE'},
  );
  assert.deepEqual(
    made.map(({listening}) => listening),
    [false],
  );
  for (const server of before) server.close();
});
