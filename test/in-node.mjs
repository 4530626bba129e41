import {readdirSync, statSync} from 'node:fs';
import {resolve} from 'node:path';
import {run} from 'node:test';
import {spec} from 'node:test/reporters';

/*
 * Runs the tests in the files and folders given, each file once, in that order: the longest goes first, so
 * that it is not what all wait for in the end. Four at a time, since they wait more than they work. A file
 * that hangs fails.
 */

const HANGS_MS = 1_200_000;

const files = process.argv.slice(2).flatMap(path => {
  if (!statSync(path).isDirectory()) return [resolve(path)];
  const names = readdirSync(path, {recursive: true});
  return names.filter(name => /\.test\.m?js$/.test(name)).map(name => resolve(path, name));
});
const tests = run({files: [...new Set(files)], concurrency: 4, timeout: HANGS_MS});
tests.on('test:fail', ({todo}) => (process.exitCode = todo === undefined ? 1 : process.exitCode));
tests.compose(spec).pipe(process.stdout);
