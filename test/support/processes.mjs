import {execFileSync} from 'node:child_process';

/** Signals a process and all that it has started. */
export function signalTree(pid, signal) {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], {encoding: 'utf8'});
  const rows = table.trim().split('\n');
  const pairs = rows.map(row => row.trim().split(/\s+/).map(Number));
  const tree = [pid];
  for (const parent of tree) {
    tree.push(...pairs.filter(([, its]) => its === parent).map(([child]) => child));
  }
  for (const one of tree) {
    try {
      process.kill(one, signal);
    } catch {
      // It has left meanwhile.
    }
  }
}
