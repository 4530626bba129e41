/** What the element needs to reach each engine, from the address that the visitor has given for it. */
const ENGINES = {
  diarupt: () => ({engineUrl: location.origin, sessionUrl: `${location.origin}/demo/session`}),
  openai: () => ({engineUrl: location.origin, sessionUrl: `${location.origin}/demo/token`}),
  pipecat: address => ({engineUrl: address, sessionUrl: undefined}),
  livekit: address => ({engineUrl: undefined, sessionUrl: address}),
};

/**
 * Has the element talk with the engine that is chosen in the form, now and whenever another one is, which
 * ends the conversation. `onChosen` is told what the element has been given.
 */
export function chooseEngine(form, interaction, onChosen) {
  const choose = () => {
    const {engine, ...addresses} = Object.fromEntries(new FormData(form));
    const chosen = {engine, ...ENGINES[engine](addresses[engine])};
    for (const about of form.querySelectorAll('[data-engine]')) {
      about.hidden = about.dataset.engine !== engine;
    }
    Object.assign(interaction, chosen);
    onChosen(chosen);
  };
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('change', async () => {
    await interaction.disconnect();
    choose();
  });
  choose();
}

/** What an embedder writes for that. */
export function snippetOf({engine, engineUrl, sessionUrl}) {
  const scripts = ['interaction', ...(engine === 'diarupt' ? [] : [engine])].map(
    name => `<script async src="${location.origin}/dist/diarupt-${name}.js"></script>`,
  );
  const attributes = Object.entries({
    ...(engine !== 'diarupt' && {engine}),
    ...(sessionUrl && {'session-url': sessionUrl}),
    ...(engineUrl && {'engine-url': engineUrl}),
  }).map(([name, value]) => `  ${name}="${value}"`);
  return `${scripts.join('\n')}
<diarupt-interaction
${attributes.join('\n')}
></diarupt-interaction>
<script>
  document
    .querySelector('diarupt-interaction')
    .addEventListener('transcript', ({detail}) => console.log(detail.content));
</script>`;
}
