/** The element itself, where the README has a picture of it. */
const TRY = `
<section class="try" aria-label="Try it">
  <diarupt-interaction text-input audio-only volume="0"></diarupt-interaction>
  <p>
    This is the element. The AI behind it is a script in this page, over a real connection: it has no
    ears and no voice, so type to it. A whole one, to talk with, is served by <code>npm start</code>.
  </p>
</section>`;

const SCRIPTS = `
    <script defer src="diarupt-interaction.js"></script>
    <script type="module" src="start.js"></script>`;

/** A page of the site, with the way to all others. */
export function page({file, title, html}, documents) {
  const isStart = file === 'index.html';
  const links = documents.map(
    other =>
      `<li><a href="${other.file}"${other.file === file ? ' aria-current="page"' : ''}>${
        other.file === 'index.html' ? 'Overview' : other.title
      }</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${isStart ? title : `${title} · diarupt`}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="site.css">${isStart ? SCRIPTS : ''}
  </head>
  <body>
    <a class="skip" href="#content">Skip to the text</a>
    <nav aria-label="Guides">
      <ul>
        ${links.join('\n        ')}
      </ul>
    </nav>
    <main id="content">
${isStart ? html.replace(/<p><img .*?><\/p>/, TRY) : html}
    </main>
  </body>
</html>
`;
}
