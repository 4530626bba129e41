import {execFileSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Packs what has been built, as it would be published, into that folder. The tarball's path. */
export function pack(folder) {
  const options = {cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32'};
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{filename}] = JSON.parse(execFileSync('npm', args, options));
  return join(folder, filename);
}

/** Installs the package in a folder, as npm does, but without the packages that it needs. */
export function install(tarball, folder) {
  const target = join(folder, 'node_modules', 'diarupt');
  mkdirSync(target, {recursive: true});
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  return target;
}
