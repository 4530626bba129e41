import {clamp, type Colour, cover, ellipse, hex, mix, smooth} from './paint.js';

/*
 * All that does not move of the one who speaks, as the colour of each point of a square of 320. The
 * painters' order is that of the lines: what comes later lies on top.
 */

const NIGHT = hex('#20304f');
const DUSK = hex('#5b4b7d');
const GLOW = hex('#e9a98a');
const HAIR = hex('#3b2530');
const HAIR_LIGHT = hex('#7a4a4c');
const SKIN = hex('#eab896');
const SKIN_LIGHT = hex('#f8d6b8');
const SKIN_SHADE = hex('#c98a70');
const BLUSH = hex('#e58f80');
const KNIT = hex('#2f8f8a');
const KNIT_LIGHT = hex('#58bfae');
const BROW = hex('#4a2e33');

function background(x: number, y: number): Colour {
  const sky = mix(NIGHT, DUSK, smooth(0, 320, y));
  const light = Math.exp(-((x - 205) ** 2 + (y - 120) ** 2) / 17_000);
  return mix(sky, GLOW, 0.5 * light);
}

/** The head and shoulders over the background; eyes and mouth are drawn on it frame by frame. */
export function portrait(x: number, y: number): Colour {
  let colour = background(x, y);
  colour = mix(colour, hair(x, y), cover(backOfHair(x, y)));
  colour = mix(colour, mix(SKIN_SHADE, SKIN, smooth(262, 290, y)), cover(neck(x, y)));
  colour = mix(colour, knit(x, y), cover(shoulders(x, y)));
  colour = mix(colour, skin(x, y), cover(head(x, y)));
  colour = mix(colour, hair(x, y), cover(fringe(x, y)));
  for (const side of [-1, 1]) colour = mix(colour, BROW, 0.9 * cover(brow(x, y, side)));
  return colour;
}

function skin(x: number, y: number): Colour {
  const light = smooth(70, -60, x - 168 + 0.5 * (y - 150));
  let colour = mix(SKIN, SKIN_LIGHT, 0.75 * (1 - light) * smooth(250, 120, y));
  colour = mix(colour, SKIN_SHADE, 0.5 * smooth(-26, 2, head(x, y)) * light);
  colour = mix(colour, SKIN_SHADE, 0.45 * smooth(9, -3, fringe(x, y)));
  colour = mix(colour, SKIN_SHADE, 0.35 * smooth(-22, 0, head(x, y)) * smooth(215, 260, y));
  for (const side of [-1, 1]) {
    const cheek = Math.exp(-(((x - 160 - side * 43) / 20) ** 2) - ((y - 194) / 14) ** 2);
    colour = mix(colour, BLUSH, 0.42 * cheek);
  }
  return nose(x, y, colour);
}

function nose(x: number, y: number, colour: Colour): Colour {
  const bridge = Math.exp(-(((x - 163) / 5) ** 2) - ((y - 172) / 20) ** 2);
  const under = Math.exp(-(((x - 160) / 11) ** 2) - ((y - 198) / 4.5) ** 2);
  return mix(mix(colour, SKIN_LIGHT, 0.5 * bridge), SKIN_SHADE, 0.62 * under);
}

function head(x: number, y: number): number {
  const skull = ellipse(x, y, 160, 150, 70, 78);
  const jaw = ellipse(x, y, 160, 178, 62, 72);
  return smoothUnion(skull, jaw, 14);
}

function neck(x: number, y: number): number {
  const flare = 0.02 * (Math.min(y, 288) - 240) ** 2 * smooth(240, 288, y);
  return Math.max(Math.abs(x - 160) - 27 - flare, 226 - y, y - 300);
}

function shoulders(x: number, y: number): number {
  const body = ellipse(x, y, 160, 352, 132, 76);
  const collar = ellipse(x, y, 160, 268, 38, 23);
  return Math.max(body, -collar);
}

function knit(x: number, y: number): Colour {
  const collar = ellipse(x, y, 160, 268, 38, 23);
  const colour = mix(KNIT, KNIT_LIGHT, 0.8 * smooth(60, 260, x) * smooth(330, 275, y));
  return mix(colour, KNIT_LIGHT, 0.55 * smooth(8, 6.5, collar));
}

function backOfHair(x: number, y: number): number {
  const crown = ellipse(x, y, 160, 138, 92, 102);
  const length = ellipse(x, y, 160, 200, 98, 84);
  const ends = y - 270 + 0.002 * (x - 160) ** 2;
  return -smoothUnion(-smoothUnion(crown, length, 20), -ends, 22);
}

/** Parted on one side, falling over the forehead and down both cheeks. */
function fringe(x: number, y: number): number {
  const face = ellipse(x, y, 160, 186, 67, 118);
  const opening = -smoothUnion(-belowHairline(x, y), -face, 12);
  return Math.max(backOfHair(x, y), -opening, y - 262);
}

/** The distance to the hairline, negative below it; it sweeps down from the parting on both sides. */
function belowHairline(x: number, y: number): number {
  const off = x - 188;
  const bend = off < 0 ? 0.0062 : 0.02;
  return (97 + bend * off * off - y) / Math.hypot(1, 2 * bend * off);
}

function hair(x: number, y: number): Colour {
  const angle = Math.atan2(y - 20, x - 188);
  const strands = 0.5 + 0.5 * Math.sin(angle * 46 + 4 * Math.sin(angle * 7));
  const shine = Math.exp(-(((Math.hypot(x - 160, (y - 138) * 0.92) - 74) / 12) ** 2));
  const sheen = shine * smooth(160, 60, y) * smooth(70, 120, x) * smooth(262, 205, x);
  const colour = mix(HAIR, HAIR_LIGHT, 0.08 + 0.13 * strands);
  return mix(colour, HAIR_LIGHT, clamp(sheen * (0.45 + 0.35 * strands)));
}

function brow(x: number, y: number, side: number): number {
  const along = ((x - 160) * side - 31) / 17;
  const arch = 135.5 + 3.6 * along * along + 0.6 * along;
  const thickness = 2.5 - 0.9 * along - 0.3 * along * along;
  return Math.max(Math.abs(y - arch) - thickness, (Math.abs(along) - 1) * 17);
}

function smoothUnion(a: number, b: number, softness: number): number {
  const part = clamp(0.5 + (0.5 * (b - a)) / softness);
  return b + (a - b) * part - softness * part * (1 - part);
}
