/**
 * `diarupt/angular`: directives as Angular's libraries have them, of which its compiler knows what a
 * tag takes. It reads the names off the declarations, letter by letter, and follows no types there:
 * they are written out, from the manifest.
 */
import {mkdirSync, writeFileSync} from 'node:fs';

const OUT = 'dist/frameworks';

/** The oldest linker that understands what is declared, and the newest whose form this is. */
const VERSIONS = `minVersion: '14.0.0', version: '21.2.26', ngImport: i0`;

export const angularDirectives = {
  name: 'angular-directives',
  packageLinkPhase({customElementsManifest}) {
    const elements = customElementsManifest.modules.flatMap(({declarations}) => declarations);
    const interaction = elements.find(({tagName}) => tagName === 'diarupt-interaction');
    const parts = elements.filter(element => element !== interaction);
    const names = inputsOf(interaction);
    const tags = parts.map(({tagName}) => tagName).join(', ');
    mkdirSync(OUT, {recursive: true});
    writeFileSync(`${OUT}/angular.js`, code(names, tags));
    writeFileSync(`${OUT}/angular.d.ts`, declarations(names, tags));
  },
};

/** What can be set, as properties and as attributes. */
function inputsOf({members, attributes}) {
  const settable = members.filter(
    member => member.kind === 'field' && !member.readonly && !member.static,
  );
  return [...new Set([...settable, ...attributes].map(({name}) => name))];
}

const listed = (names, toLine) => names.map(name => `    ${toLine(`'${name}'`)},`).join('\n');

const code = (names, tags) => `\
/** The elements, with what they are in Angular's templates: \`imports: [DiaruptElements]\`. */
import * as i0 from '@angular/core';
import '../element.js';
import {setInput} from './angular-inputs.js';

export class DiaruptInteractionDirective {
  #element = i0.inject(i0.ElementRef).nativeElement;

  ngOnChanges(changes) {
    for (const name of Object.keys(changes)) {
      setInput(this.#element, name, changes[name].currentValue);
    }
  }

  ${factory('DiaruptInteractionDirective')}
  static ɵdir = i0.ɵɵngDeclareDirective({
    ${VERSIONS}, type: DiaruptInteractionDirective,
    isStandalone: true, selector: 'diarupt-interaction', usesOnChanges: true, inputs: {
${listed(names, name => `  ${name}: ${name}`)}
    },
  });
}

export class DiaruptPartDirective {
  ${factory('DiaruptPartDirective')}
  static ɵdir = i0.ɵɵngDeclareDirective({
    ${VERSIONS}, type: DiaruptPartDirective,
    isStandalone: true, selector: '${tags}',
  });
}

export const DiaruptElements = [DiaruptInteractionDirective, DiaruptPartDirective];
`;

const factory = type => `static ɵfac = i0.ɵɵngDeclareFactory({
    ${VERSIONS}, type: ${type},
    deps: [], target: i0.ɵɵFactoryTarget.Directive,
  });`;

const declarations = (names, tags) => `\
import * as i0 from '@angular/core';
import '../element.js';
import type {Inputs} from './angular-inputs.js';

/** What \`<diarupt-interaction>\` takes. Its events are the element's own. */
export declare class DiaruptInteractionDirective implements i0.OnChanges {
${names.map(name => `  '${name}': Inputs['${name}'];`).join('\n')}
  ngOnChanges(changes: i0.SimpleChanges): void;
  static ɵfac: i0.ɵɵFactoryDeclaration<DiaruptInteractionDirective, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<DiaruptInteractionDirective, 'diarupt-interaction', never, {
${names.map(name => `    '${name}': {'alias': '${name}'; 'required': false};`).join('\n')}
  }, {}, never, never, true, never>;
}

/** The parts, which take nothing of their own. */
export declare class DiaruptPartDirective {
  static ɵfac: i0.ɵɵFactoryDeclaration<DiaruptPartDirective, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<
    DiaruptPartDirective, '${tags}', never, {}, {}, never, never, true, never
  >;
}

/** All of them, for a component's \`imports\`. */
export declare const DiaruptElements: readonly [
  typeof DiaruptInteractionDirective,
  typeof DiaruptPartDirective,
];
`;
