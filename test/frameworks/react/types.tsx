/** What React's JSX must take, and must not. Never run. */
import {useRef} from 'react';
import type {DiaruptInteraction} from 'diarupt/element';
import 'diarupt/react';

export function Taken({stream}: {stream: MediaStream}) {
  const element = useRef<DiaruptInteraction>(null);
  return (
    <>
      <diarupt-interaction
        ref={element}
        key="key"
        className="large"
        aria-label="Talk with us"
        session-url="/session"
        mode="hands-on"
        hands-on-timeout={3000}
        audio-only
        stream={stream}
        words={{start: 'Ask us'}}
        next={(event, data) => event === 'transcript' && data.complete}
        getSession={async signal => (await fetch('/session', {signal})).text()}
        onopen={event => event.detail satisfies string}
        ontranscript={({detail}) => detail.role satisfies 'user' | 'assistant'}
        onuser-stopped-talking={({detail}) => detail satisfies null}
        onerror={({detail}) => detail.message}
        onstatechange={({currentTarget}) => currentTarget.status}
        onbeforeconnect={event => event.waitUntil(Promise.resolve())}
        onClick={({currentTarget}) => currentTarget.connect()}
      >
        <diarupt-player className="face" />
        <diarupt-call-button hidden />
      </diarupt-interaction>
      <diarupt-interaction hands-on-timeout="none" audio-only={false} />
    </>
  );
}

export const refused = [
  // @ts-expect-error There is no such mode.
  <diarupt-interaction mode="hands-up" />,
  // @ts-expect-error There is no such property.
  <diarupt-interaction sesionId="id" />,
  // @ts-expect-error A line has content, not text.
  <diarupt-interaction ontranscript={({detail}) => detail.text} />,
  // @ts-expect-error There is no such event.
  <diarupt-interaction ontranscripts={() => {}} />,
  // @ts-expect-error The status is not the page's to set.
  <diarupt-interaction status="open" />,
  // @ts-expect-error A method is nothing to set.
  <diarupt-interaction connect={async () => {}} />,
  // @ts-expect-error The session is the interaction's.
  <diarupt-player sessionId="id" />,
  // @ts-expect-error There is no such part.
  <diarupt-microphone />,
];
