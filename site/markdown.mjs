import {Marked} from 'marked';

/** Headings by which a page is pointed into, as GitHub names them. */
function slugOf(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** What can be scrolled sideways can be scrolled by the keyboard. */
function scrolling(html, label) {
  return `<div class="scrolling" role="group" aria-label="${label}" tabindex="0">${html}</div>`;
}

/**
 * The `title` of a document and its `html`. What it points to is where `hrefOf` says; where that is
 * `null`, the words stay.
 */
export function renderDocument(markdown, hrefOf) {
  let title = '';
  const renderer = {
    heading({tokens, depth, text}) {
      const html = this.parser.parseInline(tokens);
      if (depth === 1) title = text;
      return `<h${depth} id="${slugOf(text)}">${html}</h${depth}>\n`;
    },
    link({href, tokens}) {
      const html = this.parser.parseInline(tokens);
      const target = hrefOf(href);
      return target === null ? html : `<a href="${target}">${html}</a>`;
    },
    image({href, text}) {
      return `<img src="${hrefOf(href)}" alt="${text}">`;
    },
    code(token) {
      return scrolling(inherited.code.call(this, token), 'Code');
    },
    table(token) {
      return scrolling(inherited.table.call(this, token), 'Table');
    },
  };
  const marked = new Marked();
  const inherited = marked.Renderer.prototype;
  const html = marked.use({renderer}).parse(markdown);
  return {title, html};
}
