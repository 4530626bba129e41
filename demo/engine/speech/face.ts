import {createMouth, eye, type Gaze} from './features.js';
import {clamp, type Colour, mix, smooth} from './paint.js';
import {portrait} from './portrait.js';
import {type Box, createPicture, HEIGHT, type Picture, paintBox, toI420, WIDTH} from './picture.js';
import type {Face} from './types.js';

const EYES = [-1, 1].map(side => {
  const x = 160 + side * 30;
  return {side, x, y: 164, box: {x: x - 22, y: 148, width: 44, height: 26}};
});
const MOUTH = {x: 160, y: 219, box: {x: 130, y: 208, width: 60, height: 38}};

/** Breathing lifts the picture by so much, in so many steps, of which each is drawn beforehand. */
const BREATH_STEPS = 9;
const BREATH_PIXELS = 2;
const BREATH_SECONDS = 4.4;

const BLINK_SECONDS = 0.22;
const BLINK_EVERY_SECONDS = 3.7;

/** A mouth takes this long for most of its way to another shape. */
const MOUTH_SECONDS = 0.04;

const STILL = createPicture(portrait);

/** All that keeps still, painted once for every face there will be. */
const LIFTED = Array.from({length: BREATH_STEPS}, (_, step) => {
  const lift = (BREATH_PIXELS * step) / (BREATH_STEPS - 1);
  const picture = liftPicture(STILL, lift);
  return {lift, picture, frame: toI420(picture)};
});

/** Ada, whose eyes and mouth are painted on each frame. */
export function createFace(): Face {
  const frame = new Uint8ClampedArray((WIDTH * HEIGHT * 3) / 2);
  let drawnAt = 0;
  let open = 0;
  let wide = 0.5;

  return {
    width: WIDTH,
    height: HEIGHT,
    draw(seconds, mouth) {
      const way = 1 - Math.exp(-Math.max(0, seconds - drawnAt) / MOUTH_SECONDS);
      open += (mouth.open - open) * way;
      wide += (mouth.wide - wide) * way;
      drawnAt = seconds;

      const breath = 0.5 - 0.5 * Math.cos((2 * Math.PI * seconds) / BREATH_SECONDS);
      const base = LIFTED[Math.round(breath * (BREATH_STEPS - 1))];
      if (!base) return frame;
      frame.set(base.frame);
      const paint = (box: Box, feature: (below: Colour, x: number, y: number) => Colour) =>
        paintBox(base.picture, box, frame, (below, x, y) => feature(below, x, y + base.lift));

      const gaze = gazeAt(seconds);
      for (const {side, x: middleX, y: middleY, box} of EYES) {
        paint(box, (below, x, y) => eye(below, x - middleX, y - middleY, side, gaze));
      }
      const lips = createMouth(open, wide);
      paint(MOUTH.box, (below, x, y) => lips(below, x - MOUTH.x, y - MOUTH.y));
      return frame;
    },
  };
}

/** The eyes blink now and then, sometimes twice, and wander a little. */
function gazeAt(seconds: number): Gaze {
  const turn = Math.floor(seconds / BLINK_EVERY_SECONDS);
  const delay = 0.9 + 0.9 * Math.sin(turn * 12.9);
  const since = (seconds % BLINK_EVERY_SECONDS) - delay;
  const again = turn % 4 === 3 ? since - 1.6 * BLINK_SECONDS : since;
  const look = Math.sin(seconds * 0.7) + Math.sin(seconds * 0.43 + 2);
  return {
    closed: Math.max(lidAt(since), lidAt(again)),
    x: 1.6 * (smooth(0.6, 0.9, look) - smooth(-0.6, -0.9, look)),
    y: 0.4 * Math.sin(seconds * 0.31),
  };
}

/** How far the lid has closed `seconds` into a blink: fast down, slower up. */
function lidAt(seconds: number): number {
  const part = seconds / BLINK_SECONDS;
  return clamp(Math.min(smooth(0, 0.35, part), smooth(1, 0.5, part)));
}

/** The picture moved up by less than a pixel or a few, its lowest row repeated. */
function liftPicture(picture: Picture, lift: number): Picture {
  return createPicture((x, y) => {
    const from = Math.min(HEIGHT - 1, Math.floor(y + lift));
    const part = y + lift - Math.floor(y + lift);
    return mix(picture.at(x, from), picture.at(x, Math.min(HEIGHT - 1, from + 1)), part);
  });
}
