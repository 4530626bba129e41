import {spawn} from 'node:child_process';

/*
 * Runs the commands given, all at once: what each has said is told when it is over, in one piece. Fails
 * where one of them has, when all are over: what else is wrong is told in the same run.
 */

function run(command) {
  const started = performance.now();
  const said = [];
  const child = spawn(command, {shell: true, stdio: ['ignore', 'pipe', 'pipe']});
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => said.push(piece));
  return new Promise(resolve => {
    child.on('close', code => {
      const seconds = Math.round((performance.now() - started) / 1000);
      const end = code === 0 ? 'passed' : 'failed';
      console.log(`\n> ${command}\n\n${Buffer.concat(said)}\n> ${command}: ${end} in ${seconds} s`);
      resolve(code === 0);
    });
  });
}

const passed = await Promise.all(process.argv.slice(2).map(run));
if (passed.includes(false)) process.exitCode = 1;
