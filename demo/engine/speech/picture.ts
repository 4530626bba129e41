import type {Colour} from './paint.js';

export const WIDTH = 320;
export const HEIGHT = 320;

/** A painted picture: its pixels in red, green and blue. */
export interface Picture {
  at(x: number, y: number): Colour;
}

/** A part of a picture; all numbers even, since four pixels share their colour in I420. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Paints each pixel once. */
export function createPicture(colourAt: (x: number, y: number) => Colour): Picture {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) pixels.set(colourAt(x, y), 3 * (y * WIDTH + x));
  }
  return {
    at(x, y) {
      const index = 3 * (y * WIDTH + x);
      return [pixels[index] ?? 0, pixels[index + 1] ?? 0, pixels[index + 2] ?? 0];
    },
  };
}

/** The whole picture in I420: a plane of brightness, then two of colour, each a quarter as large. */
export function toI420(picture: Picture): Uint8ClampedArray {
  const frame = new Uint8ClampedArray((WIDTH * HEIGHT * 3) / 2);
  paintBox(picture, {x: 0, y: 0, width: WIDTH, height: HEIGHT}, frame, below => below);
  return frame;
}

/** Paints a part of an I420 frame with what `paint` makes of the picture's colour at each pixel. */
export function paintBox(
  picture: Picture,
  box: Box,
  frame: Uint8ClampedArray,
  paint: (below: Colour, x: number, y: number) => Colour,
): void {
  const planeU = WIDTH * HEIGHT;
  const planeV = planeU + planeU / 4;
  for (let y = box.y; y < box.y + box.height; y += 2) {
    for (let x = box.x; x < box.x + box.width; x += 2) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let pixel = 0; pixel < 4; pixel += 1) {
        const px = x + (pixel & 1);
        const py = y + (pixel >> 1);
        const [r, g, b] = paint(picture.at(px, py), px, py);
        frame[py * WIDTH + px] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
        red += r / 4;
        green += g / 4;
        blue += b / 4;
      }
      // BT.601 in the range that video takes.
      const chroma = (y / 2) * (WIDTH / 2) + x / 2;
      frame[planeU + chroma] = 128 - 0.148 * red - 0.291 * green + 0.439 * blue;
      frame[planeV + chroma] = 128 + 0.439 * red - 0.368 * green - 0.071 * blue;
    }
  }
}
