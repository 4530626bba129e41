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

export default {
  globs: ['src/components/*.ts', 'src/*.ts'],
  outdir: 'dist',
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [publicOnly],
};
