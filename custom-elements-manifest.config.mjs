import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {angularDirectives} from './angular-directives.mjs';

const OUT = 'dist';
const LISTS = [
  'attributes',
  'slots',
  'cssParts',
  'cssProperties',
  'cssStates',
  'events',
  'members',
];

/** What is said of the elements, for editors and for the gallery: only what is there for others. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({customElementsManifest}) {
    for (const module of customElementsManifest.modules) {
      module.declarations = module.declarations.filter(({tagName}) => tagName);
      module.exports = module.exports.filter(({declaration}) =>
        module.declarations.some(({name}) => name === declaration.name),
      );
      for (const element of module.declarations) {
        element.members = element.members.filter(isPublic);
        // What one method dispatches by a name that it is given is documented by its name.
        element.events = element.events?.filter(({description}) => description);
        for (const list of LISTS) if (!element[list]?.length) delete element[list];
      }
    }
    customElementsManifest.modules = customElementsManifest.modules.filter(
      ({declarations}) => declarations.length > 0,
    );
  },
};

/** Inherited callbacks of the platform and overloads of `addEventListener` are nobody's to call. */
function isPublic({name, privacy = 'public', description}) {
  return privacy === 'public' && description !== undefined && !/Callback$/.test(name);
}

/** What VS Code knows of the elements in HTML. */
const editorData = {
  name: 'editor-data',
  packageLinkPhase({customElementsManifest}) {
    const elements = customElementsManifest.modules.flatMap(({declarations}) => declarations);
    const tags = elements.map(({tagName, description, attributes = []}) => ({
      name: tagName,
      description,
      attributes: attributes.map(({name, description, type: {text}}) => ({
        name,
        description,
        ...(text === 'boolean' ? {valueSet: 'v'} : {values: valuesOf(text)}),
      })),
    }));
    mkdirSync(OUT, {recursive: true});
    const data = {version: 1.1, tags};
    writeFileSync(`${OUT}/vscode.html-custom-data.json`, JSON.stringify(data, null, 2));
  },
};

/** The values that a type names, itself or by the name that it has in the core. */
function valuesOf(type) {
  const core = readFileSync('src/core/state.ts', 'utf8');
  const union = new RegExp(`^export type ${type} = (.*);`, 'm').exec(core)?.[1] ?? type;
  return [...union.matchAll(/'([^']+)'/g)].map(([, name]) => ({name}));
}

export default {
  globs: ['src/components/*.ts', 'src/*.ts'],
  outdir: OUT,
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [publicOnly, editorData, angularDirectives],
};
