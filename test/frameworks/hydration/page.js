import {createElement} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createSSRApp, h} from 'vue';
import 'diarupt/element';
import {ReactInPage, ReactTag, VueTag} from './apps.js';

const root = id => document.getElementById(id);
const told = (globalThis.told = []);
const propsOf = id => ({next: () => {}, onEvent: () => told.push(id)});

for (const [id, app] of Object.entries({ReactTag, ReactInPage})) {
  hydrateRoot(root(id), createElement(app, propsOf(id)));
}
createSSRApp(() => h(VueTag, propsOf('VueTag'))).mount(root('VueTag'));
