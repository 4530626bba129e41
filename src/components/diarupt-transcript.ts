import {css, html} from 'lit';
import {guard} from 'lit/directives/guard.js';
import type {TranscriptLine} from '../core/transcript.js';
import {DiaruptPart} from './part.js';
import {partStyles} from './styles.js';
import {WORDS} from './words.js';

/** Lines in one block, and blocks in one chapter: what is out of sight is one skipped box. */
const BLOCK_SIZE = 50;
const CHAPTER_SIZE = 20;
/** How near the end, in pixels, still counts as reading along. */
const END_SLACK = 32;

/**
 * What both have said, as it is said. Follows the conversation while its end is in view, and
 * stays where the reader has scrolled to.
 *
 * @customElement diarupt-transcript
 * @csspart transcript - The box that scrolls.
 * @csspart line - A line of either party.
 */
export class DiaruptTranscript extends DiaruptPart {
  static override styles = [
    partStyles,
    css`
      :host {
        min-block-size: 0;
      }
      .scroller {
        block-size: 100%;
        overflow-y: auto;
        /* To look for an anchor is a fifth of a line's cost: only a reader above the end needs one. */
        overflow-anchor: none;
        overscroll-behavior: contain;
        border-radius: inherit;
        padding: 1rem;
        outline-offset: -2px;
      }
      .empty {
        display: grid;
        place-items: center;
        text-align: center;
        text-wrap: balance;
        color: var(--_soft);
      }
      p {
        margin: 0;
      }
      .block {
        display: flow-root;
        content-visibility: auto;
        contain-intrinsic-block-size: auto 200rem;
      }
      .chapter {
        display: flow-root;
        content-visibility: auto;
        contain-intrinsic-block-size: auto 4000rem;
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
        white-space: pre-wrap;
      }
      .interim {
        opacity: 0.75;
      }
      @media (forced-colors: active) {
        .line {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  #followsEnd = true;
  #scrollTop = 0;

  /** The end moves when lines come, and when boxes that come into view take their real height. */
  readonly #growth = new ResizeObserver(() => {
    const scroller = this.renderRoot.querySelector('.scroller');
    if (!this.#followsEnd || !scroller) return;
    scroller.scrollTop = Number.MAX_SAFE_INTEGER; // Clamped to the end.
    this.#scrollTop = scroller.scrollTop;
  });

  /** Lines may come by the thousand: however many, they are shown once a frame. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  protected override render() {
    const {transcript} = this.interaction;
    return html`
      <div
        part="transcript"
        class="scroller ${transcript.length === 0 ? 'empty' : ''}"
        role="log"
        aria-live="off"
        aria-label=${WORDS.transcript}
        tabindex="0"
        @scroll=${this.#onScroll}
      >
        <div class="lines">
          ${transcript.length === 0 ? WORDS.transcriptEmpty : chaptersOf(transcript)}
        </div>
      </div>
      <p class="visually-hidden" aria-live="polite">${lastAnswer(transcript)}</p>
    `;
  }

  protected override firstUpdated(): void {
    const lines = this.renderRoot.querySelector('.lines');
    if (lines) this.#growth.observe(lines);
  }

  /** Boxes that take their real height scroll, too: only a way up is the reader's. */
  readonly #onScroll = ({currentTarget}: Event) => {
    const scroller = currentTarget as HTMLElement;
    const {scrollTop, clientHeight, scrollHeight} = scroller;
    if (scrollTop + clientHeight > scrollHeight - END_SLACK) this.#followsEnd = true;
    else if (scrollTop < this.#scrollTop) this.#followsEnd = false;
    this.#scrollTop = scrollTop;
    scroller.style.overflowAnchor = this.#followsEnd ? 'none' : 'auto';
  };
}

function chaptersOf(transcript: readonly TranscriptLine[]) {
  // Spread: slices of a frozen array are slow in Chromium.
  return chunk([...transcript], BLOCK_SIZE * CHAPTER_SIZE).map(
    lines => html`<div class="chapter">${guard(lines, () => blocksOf(lines))}</div>`,
  );
}

function blocksOf(chapter: readonly TranscriptLine[]) {
  return chunk(chapter, BLOCK_SIZE).map(
    lines => html`<div class="block">${guard(lines, () => lines.map(lineOf))}</div>`,
  );
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({length: count}, (_, at) => items.slice(at * size, (at + 1) * size));
}

function lineOf({role, content, complete}: TranscriptLine) {
  return html`
    <p part="line" class="line ${role} ${complete ? '' : 'interim'}" dir="auto">
      <span class="visually-hidden">${WORDS[role]}: </span><span class="content">${content}</span>
    </p>
  `;
}

/** The AI's last whole line, which is what is read out: never a fragment. */
function lastAnswer(transcript: readonly TranscriptLine[]): string {
  return transcript.findLast(line => line.role === 'assistant' && line.complete)?.content ?? '';
}
