import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {minifyTemplateLiterals} from 'rollup-plugin-minify-template-literals';

const minify = terser({
  ecma: 2022,
  module: true,
  compress: {passes: 3, pure_getters: true},
  format: {ascii_only: true, comments: false},
});

export default [
  /** The single file: a classic script and a module alike, with all that it needs in it. */
  {
    input: 'dist/element.js',
    context: 'globalThis',
    output: {
      file: 'dist/diarupt-interaction.js',
      format: 'iife',
      name: 'diarupt',
      sourcemap: true,
    },
    plugins: [nodeResolve(), minifyTemplateLiterals(), minify],
  },
  /** The SDK as a bundler leaves it in an embedder's page: weighed, not published. */
  {
    input: 'dist/index.js',
    output: {file: 'build/sdk.js', format: 'es'},
    plugins: [minify],
  },
];
