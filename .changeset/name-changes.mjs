/** What was unreleased is of the version that it is released with: called by `npm run next-version`. */
import {readFileSync, writeFileSync} from 'node:fs';

const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const changes = readFileSync('CHANGELOG.md', 'utf8');
writeFileSync('CHANGELOG.md', changes.replace('## Unreleased', `## ${version}`));
