/** What Solid's JSX must take, and must not. Never run. */
import 'diarupt/solid';

export function Taken(props: {stream: MediaStream}) {
  return (
    <diarupt-interaction
      class="large"
      session-url="/session"
      mode="hands-on"
      hands-on-timeout={3000}
      prop:stream={props.stream}
      prop:next={(event, data) => event === 'transcript' && data.complete}
      on:transcript={({detail}) => detail.role satisfies 'user' | 'assistant'}
      on:user-stopped-talking={({detail}) => detail satisfies null}
      on:error={({detail}) => detail.message}
      on:statechange={({currentTarget}) => currentTarget.status}
      onClick={({currentTarget}) => currentTarget.connect()}
    >
      <diarupt-player class="face" />
    </diarupt-interaction>
  );
}

export const refused = () => [
  // @ts-expect-error There is no such mode.
  <diarupt-interaction mode="hands-up" />,
  // @ts-expect-error There is no such property.
  <diarupt-interaction sesionId="id" />,
  // @ts-expect-error A line has content, not text.
  <diarupt-interaction on:transcript={({detail}) => detail.text} />,
  // @ts-expect-error The status is not the page's to set.
  <diarupt-interaction prop:status="open" />,
  // @ts-expect-error There is no such part.
  <diarupt-microphone />,
];
