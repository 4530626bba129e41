import {randomUUID} from 'node:crypto';

/**
 * Publishes what either party says, as LiveKit's framework does: of the agent a stream for each segment,
 * to which words are added; of the visitor, on their behalf, a stream each time that more is understood,
 * with all of it. Whoever has left by then is told nothing.
 */
export class Transcripts {
  #agent;
  #visitor;
  /** The sid of the track on which a participant is heard, if there is one. */
  #trackOf;
  #last = Promise.resolve();
  #writer;
  #spoken = '';
  #heardId = newId();

  constructor(agent, visitor, trackOf) {
    this.#agent = agent;
    this.#visitor = visitor;
    this.#trackOf = trackOf;
  }

  /** Settles when what was said is published. */
  get published() {
    return this.#last;
  }

  speak(content, complete) {
    this.#then(async () => {
      this.#writer ??= await this.#open(this.#agent.identity, newId(), false);
      const delta = content.slice(this.#spoken.length);
      this.#spoken = content;
      if (delta) await this.#writer.write(delta);
      if (!complete) return;
      const writer = this.#writer;
      this.#writer = undefined;
      this.#spoken = '';
      await writer.close();
    });
  }

  hear(content, complete) {
    const id = this.#heardId;
    if (complete) this.#heardId = newId();
    this.#then(async () => {
      const writer = await this.#open(this.#visitor.identity, id, complete);
      await writer.write(content);
      await writer.close();
    });
  }

  #open(identity, id, isFinal) {
    const track = this.#trackOf(identity);
    return this.#agent.streamText({
      topic: 'lk.transcription',
      senderIdentity: identity,
      attributes: {
        'lk.segment_id': id,
        'lk.transcription_final': `${isFinal}`,
        ...(track && {'lk.transcribed_track_id': track}),
      },
    });
  }

  #then(task) {
    this.#last = this.#last.then(task).catch(() => {});
  }
}

function newId() {
  return `SG_${randomUUID().slice(0, 12)}`;
}
