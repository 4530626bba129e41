import {css, html, noChange, nothing, type TemplateResult} from 'lit';
import type {TranscriptLine} from '../core/transcript.js';
import {downIcon} from './icons.js';
import {DiaruptPart} from './part.js';
import type {Words} from './words.js';

/** Lines in a block, and in a chapter of blocks: what is out of sight is one skipped box. */
const BLOCK_SIZE = 50;
const CHAPTER_SIZE = 1000;
/** How near the end, in pixels, still counts as reading along. */
const END_SLACK = 32;

/**
 * What both have said, as it is said. Follows the conversation while its end is in view, and
 * stays where the reader has scrolled to, with a button that leads back to what has come since.
 *
 * The AI's lines are announced, politely, when they are whole: a braille display, or whoever hears
 * no sound, has nothing else. The visitor's are not: they know what they have said or typed, and it
 * would be read out over the beginning of the answer, into an open microphone. Nor are times, which
 * are in the export.
 *
 * @customElement diarupt-transcript
 * @csspart transcript - The box that scrolls.
 * @csspart line - A line of either party.
 * @csspart latest - The button that leads back to the end.
 */
export class DiaruptTranscript extends DiaruptPart {
  /**
   * A box that runs up from its end stays there by itself. To look for a scroll anchor is a fifth of a
   * line's cost: only a reader above the end has one.
   */
  static override styles = [
    DiaruptPart.styles,
    css`
      :host {
        position: relative;
        min-block-size: 0;
      }
      .scroller {
        display: flex;
        flex-direction: column-reverse;
        block-size: 100%;
        overflow-y: auto;
        overflow-anchor: none;
        overscroll-behavior: contain;
        border-radius: inherit;
        padding: 1rem;
        outline-offset: -2px;
      }
      .empty {
        text-align: center;
        text-wrap: balance;
        color: var(--_soft);
      }
      .lines {
        margin-block-end: auto;
      }
      .empty .lines {
        margin: auto;
      }
      p {
        margin: 0;
      }
      .block,
      .chapter {
        display: flow-root;
        content-visibility: auto;
        contain-intrinsic-block-size: auto 4000rem;
      }
      .block {
        contain-intrinsic-block-size: auto 200rem;
      }
      .line {
        max-inline-size: 85%;
        inline-size: fit-content;
        margin-block-end: 0.75rem;
        padding: 0.55rem 0.9rem;
        border-radius: 1.1rem;
        border-end-start-radius: 0.3rem;
        background: var(--_surface);
        overflow-wrap: anywhere;
      }
      .line.user {
        margin-inline-start: auto;
        border-radius: 1.1rem;
        border-end-end-radius: 0.3rem;
        background: var(--_accent-surface);
      }
      .content {
        display: inline-block;
        white-space: pre-wrap;
      }
      .interim {
        opacity: 0.75;
      }
      button {
        position: absolute;
        inset: auto 0 0.5rem;
        inline-size: fit-content;
        margin: auto;
        box-shadow: 0 0.25rem 1rem #0005;
      }
      .visually-hidden p {
        animation: said 0s 7s forwards !important;
      }
      @keyframes said {
        to {
          visibility: hidden;
        }
      }
      @media (forced-colors: active) {
        .line {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  /** What had been told when the reader left the end; `null` where they read along. */
  #left: readonly TranscriptLine[] | null = null;
  /** What is shown, and in which words: what of it has not changed is left as it is. */
  #shown: readonly TranscriptLine[] = [];
  #shownIn: Words | undefined;
  /** When the lines began that have been announced, or were there before. */
  readonly #announced = new Set<string>();

  /** Lines may come by the thousand: however many, they are shown once a frame. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  protected override render() {
    const {transcript} = this.interaction;
    const {words} = this;
    const isEmpty = transcript.length === 0;
    if (isEmpty) this.#left = null;
    const shown = words === this.#shownIn ? this.#shown : [];
    this.#shownIn = words;
    this.#shown = [...transcript]; // Slices of a frozen array are slow in Chromium.
    return html`
      <div
        part="transcript"
        class="scroller ${isEmpty ? 'empty' : ''}"
        role="log"
        aria-live="off"
        aria-label=${words.transcript}
        tabindex="0"
        @scroll=${this.#onScroll}
      >
        <div class="lines" lang=${isEmpty ? words.lang : words.pageLang}>
          ${isEmpty ? words.transcriptEmpty : boxesOf(this.#shown, shown, CHAPTER_SIZE, words)}
        </div>
      </div>
      ${
        this.#left && this.#left !== transcript
          ? html`<button part="latest" class="primary" @click=${this.#goToEnd}>
              ${downIcon}<span>${words.latest}</span>
            </button>`
          : nothing
      }
      <div class="visually-hidden" aria-live="polite"></div>
    `;
  }

  protected override firstUpdated(): void {
    this.#takeAnswers(this.interaction.transcript);
  }

  /**
   * A line is a node of its own: one with the words of the line before is announced, too. When it has
   * been, it is in the log alone.
   */
  protected override updated(): void {
    const answers = this.#takeAnswers(this.interaction.transcript.slice(-BLOCK_SIZE));
    if (answers.length === 0) return;
    const {pageLang: lang} = this.words;
    // By its place: a selector would be tried on all lines before it, at every frame.
    this.renderRoot.lastElementChild?.replaceChildren(
      ...answers.map(({content}) =>
        Object.assign(document.createElement('p'), {textContent: content, lang}),
      ),
    );
  }

  /** The AI's whole lines, each the first time that it is among those asked for. */
  #takeAnswers(lines: readonly TranscriptLine[]): readonly TranscriptLine[] {
    return lines.filter(
      ({role, complete, timestamp}) =>
        role === 'assistant' &&
        complete &&
        !this.#announced.has(timestamp) &&
        this.#announced.add(timestamp),
    );
  }

  get #scroller(): HTMLElement {
    return this.renderRoot.firstElementChild as HTMLElement;
  }

  /** By scrolling, as the reader would; the focus goes along, since the button goes. */
  readonly #goToEnd = () => {
    this.#scroller.scrollTop = 0;
    this.#scroller.focus();
  };

  readonly #onScroll = () => {
    const scroller = this.#scroller;
    const isAtEnd = scroller.scrollTop > -END_SLACK;
    if (isAtEnd && this.#left) this.requestUpdate();
    this.#left = isAtEnd ? null : (this.#left ?? this.interaction.transcript);
    scroller.style.overflowAnchor = isAtEnd ? 'none' : 'auto';
  };
}

/** The lines in boxes of that size, where those are of it that have been shown. */
function boxesOf(
  lines: readonly TranscriptLine[],
  shown: readonly TranscriptLine[],
  size: number,
  words: Words,
): TemplateResult[] {
  const boxes: TemplateResult[] = [];
  for (let start = 0; start < lines.length; start += size) {
    const now = lines.slice(start, start + size);
    const before = shown.slice(start, start + size);
    const isSame = now.length === before.length && now.every((line, at) => line === before[at]);
    const isBlock = size === BLOCK_SIZE;
    const content = () =>
      isBlock ? now.map(line => lineOf(line, words)) : boxesOf(now, before, BLOCK_SIZE, words);
    boxes.push(
      html`<div class=${isBlock ? 'block' : 'chapter'}>${isSame ? noChange : content()}</div>`,
    );
  }
  return boxes;
}

function lineOf({role, content, complete}: TranscriptLine, words: Words) {
  return html`
    <p part="line" class="line ${role} ${complete ? '' : 'interim'}">
      <span class="visually-hidden">${words[role]}: </span
      ><span class="content" dir="auto">${content}</span>
    </p>
  `;
}
