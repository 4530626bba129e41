/** The tag, as frameworks render it on a server and take it over in the page. */
import {createElement, useSyncExternalStore} from 'react';
import {h} from 'vue';

const ATTRIBUTES = {'session-url': '/session', 'hands-on-timeout': 3000, 'audio-only': ''};

export function ReactTag({next, onEvent}) {
  return createElement('diarupt-interaction', {...ATTRIBUTES, next, ontranscript: onEvent});
}

/** React neither sets nor listens when it takes a tag over: it has to make the tag in the page. */
export function ReactInPage(props) {
  const isInPage = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  return isInPage && createElement(ReactTag, props);
}

export function VueTag({next, onEvent}) {
  return h('diarupt-interaction', {...ATTRIBUTES, next, onTranscript: onEvent});
}
