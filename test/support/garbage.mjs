/**
 * Lets a test in a page have its garbage collected. Chromium allows a page 500 peer connections, the
 * closed ones included that it has not collected yet; Firefox any number, and has no such command.
 */
export function garbagePlugin() {
  return {
    name: 'garbage',
    async executeCommand({command, session}) {
      if (command !== 'collect-garbage') return undefined;
      if (session.browser.name === 'Firefox') return false;
      const client = await session.browser.getPage(session.id).createCDPSession();
      await client.send('HeapProfiler.collectGarbage');
      await client.detach();
      return true;
    },
  };
}
