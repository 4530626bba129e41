import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createFace} from './face.js';

const MOUTH_ROW = 228;
const MOUTH_COLUMN = 160;

describe('the face', () => {
  const framesOf = (open: number): Uint8ClampedArray => {
    const face = createFace();
    return (
      [0, 0.1, 0.2, 0.3].map(second => face.draw(second, {open, wide: 0.5})).at(-1) ?? assert.fail()
    );
  };

  it('is a frame of I420', () => {
    const face = createFace();
    assert.equal(face.draw(0, {open: 0, wide: 0}).length, (face.width * face.height * 3) / 2);
  });

  it('opens its mouth', () => {
    const pixel = MOUTH_ROW * createFace().width + MOUTH_COLUMN;
    const [closed = 0, open = 0] = [framesOf(0)[pixel], framesOf(1)[pixel]];
    assert.ok(open < closed - 30, `${open} instead of ${closed}`);
  });

  it('moves while it is silent', () => {
    const face = createFace();
    const first = face.draw(0, {open: 0, wide: 0.5}).slice();
    assert.notDeepEqual(face.draw(2.2, {open: 0, wide: 0.5}), first);
  });

  it('is another frame for another face', () => {
    const [one, other] = [createFace(), createFace()];
    assert.notEqual(one.draw(0, {open: 0, wide: 0}), other.draw(0, {open: 0, wide: 0}));
  });
});
