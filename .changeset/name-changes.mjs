/**
 * What was unreleased is of the version that it is released with, which the element tells: called by
 * `npm run next-version`.
 */
import {readFileSync, writeFileSync} from 'node:fs';

const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const changes = readFileSync('CHANGELOG.md', 'utf8');
writeFileSync('CHANGELOG.md', changes.replace('## Unreleased', `## ${version}`));

const ELEMENT = 'src/components/diarupt-interaction.ts';
const element = readFileSync(ELEMENT, 'utf8');
writeFileSync(ELEMENT, element.replace(/(version: string = ')[^']+/, `$1${version}`));
