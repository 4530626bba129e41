import {clamp, type Colour, cover, ellipse, hex, mix, smooth, stroke} from './paint.js';

const WHITE = hex('#fbf4ee');
const WHITE_SHADE = hex('#cdb6b4');
const IRIS = hex('#3f7f78');
const IRIS_DARK = hex('#1f4a4d');
const PUPIL = hex('#141a22');
const LASH = hex('#33202a');
const LIP = hex('#c8625f');
const LIP_LIGHT = hex('#e58d85');
const LIP_DARK = hex('#8f3a41');
const MOUTH = hex('#4a1822');
const TONGUE = hex('#b9525a');
const TEETH = hex('#f7efe6');

/** What the eyes do at a moment. */
export interface Gaze {
  /** From 0, open, to 1, closed. */
  readonly closed: number;
  /** Where they look to, in pixels off the middle. */
  readonly x: number;
  readonly y: number;
}

/** A point of one eye, over what is there; `x` and `y` are relative to the eye's middle. */
export function eye(below: Colour, x: number, y: number, side: number, gaze: Gaze): Colour {
  if (Math.abs(x) > 22) return below;
  const upper = -9.5 + 0.031 * x * x;
  const lower = 7 - 0.022 * x * x;
  const lid = upper + (lower - upper) * gaze.closed;
  if (y < upper - 7 || y > lower + 3) return below;
  const inside = clamp(0.5 + y - lid) * clamp(0.5 + lower - y) * cover(Math.abs(x) - 17.5);

  let colour = mix(WHITE, WHITE_SHADE, 0.85 * smooth(lid + 7, lid, y));
  const iris = Math.hypot(x - gaze.x, y - gaze.y);
  colour = mix(colour, mix(IRIS, IRIS_DARK, smooth(4, 9, iris)), cover(iris - 8.6));
  colour = mix(colour, PUPIL, cover(iris - 4));
  colour = mix(colour, WHITE, cover(Math.hypot(x - gaze.x - 2.8, y - gaze.y + 3.2) - 2.1));
  colour = mix(colour, LASH, 0.35 * smooth(lid + 4, lid, y));

  const crease = Math.abs(y - upper + 4.5 - 3 * gaze.closed);
  let face = mix(below, LASH, 0.16 * cover(crease - 0.8) * cover(Math.abs(x) - 14));
  const wing = stroke(x * side, y, [14, lid + 0.5, 1.6], [20.5, lid - 2.5 + 4 * gaze.closed, 0.5]);
  face = mix(face, colour, inside);
  const line = Math.abs(y - lid + 0.6) - 1.5 + 0.002 * x * x;
  return mix(face, LASH, Math.max(cover(line) * cover(Math.abs(x) - 17), cover(wing)));
}

/** The lips at one distance from the middle of the mouth. */
interface LipColumn {
  /** From -1 to 1 between the corners of the mouth. */
  readonly across: number;
  /** The edges of the lips and of what is seen between them, from above downwards. */
  readonly upperLip: number;
  readonly top: number;
  readonly bottom: number;
  readonly lowerLip: number;
}

/** How far the mouth reaches to either side at most. */
const REACH = 30;

/** Paints points of a mouth over the skin; `x` and `y` are relative to its middle, `x` whole. */
export function createMouth(
  open: number,
  wide: number,
): (below: Colour, x: number, y: number) => Colour {
  const half = 15.5 + 10 * wide - 2 * open;
  const columns = Array.from({length: 2 * REACH + 1}, (_, index) =>
    lipColumn((index - REACH) / half, open, wide),
  );
  return (below, x, y) => {
    const column = columns[x + REACH];
    if (!column || y < column.upperLip - 1 || y > column.lowerLip + 12) return below;
    return mouth(below, x, y, column, half);
  };
}

function lipColumn(across: number, open: number, wide: number): LipColumn {
  const bow = Math.max(0, 1 - across * across);
  const smile = -(2 + 2.5 * wide) * across * across;
  const height = 21 * open;
  const top = smile - 0.3 * height * bow ** 0.75;
  const bottom = smile + 0.7 * height * bow ** 0.5;
  const fullness = 1 - 0.25 * open;
  const notch = 1.6 * Math.exp(-((across * 5) ** 2));
  return {
    across,
    upperLip: top - fullness * (5.2 * bow ** 0.8 - notch),
    top,
    bottom,
    lowerLip: bottom + fullness * 6.2 * bow ** 0.75,
  };
}

function mouth(below: Colour, x: number, y: number, column: LipColumn, half: number): Colour {
  const {across, upperLip, top, bottom, lowerLip} = column;
  const middle = (top + bottom) / 2;
  const gap = Math.max(bottom - top, 0.01);
  const outside = (Math.abs(across) - 1) * half;
  const shade = 0.16 * Math.exp(-((y - lowerLip - 4) ** 2) / 10) * clamp(1 - across * across);
  const chin = mix(below, LIP_DARK, shade);

  const lips = clamp(0.5 + y - upperLip) * clamp(0.5 + lowerLip - y) * cover(outside);
  if (lips === 0) return chin;
  let colour = y < middle ? LIP : mix(LIP, LIP_LIGHT, 0.7 * shineOf(x, y - bottom));
  colour = mix(colour, LIP_DARK, 0.5 * smooth(0.75, 1, Math.abs(across)));
  const seam = 0.75 * cover(Math.abs(y - middle) - 0.7) * clamp(1.2 - across * across);
  colour = mix(colour, LIP_DARK, seam);

  const hollow = clamp(0.5 + y - top) * clamp(0.5 + bottom - y) * clamp(gap / 1.2);
  if (hollow === 0) return mix(chin, colour, lips);
  const tongue = cover(ellipse(x, y, 0, bottom + 2, half * 0.62, 0.5 * gap));
  const inner = mix(MOUTH, TONGUE, 0.85 * tongue);
  const teeth = cover(y - top - Math.min(6, 0.42 * gap)) * cover((Math.abs(across) - 0.86) * half);
  const enamel = mix(TEETH, MOUTH, 0.08 + 0.5 * Math.abs(across) ** 3);
  return mix(chin, mix(colour, mix(inner, enamel, teeth * clamp(gap / 5)), hollow), lips);
}

function shineOf(x: number, y: number): number {
  return Math.exp(-((x / 9) ** 2) - ((y - 2.6) / 1.8) ** 2);
}
