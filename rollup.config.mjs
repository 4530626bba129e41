import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {minifyTemplateLiterals} from 'rollup-plugin-minify-template-literals';

/** The single file: a classic script and a module alike, with all that it needs in it. */
export default {
  input: 'dist/element.js',
  context: 'globalThis',
  output: {
    file: 'dist/diarupt-interaction.js',
    format: 'iife',
    name: 'diarupt',
    sourcemap: true,
  },
  plugins: [
    nodeResolve(),
    minifyTemplateLiterals(),
    terser({ecma: 2022, format: {ascii_only: true, comments: false}}),
  ],
};
