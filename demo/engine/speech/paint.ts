/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [number, number, number];

/** The colour of `#rrggbb`. */
export function hex(code: string): Colour {
  const value = Number.parseInt(code.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** From one colour to the other as `part` goes from 0 to 1. */
export function mix(from: Colour, to: Colour, part: number): Colour {
  return [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ];
}

export function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** From 0 to 1, softly, while `value` goes from one edge to the other. */
export function smooth(from: number, to: number, value: number): number {
  const part = clamp((value - from) / (to - from));
  return part * part * (3 - 2 * part);
}

/** How much of a pixel a shape covers whose edge is `distance` pixels away, negative inside. */
export function cover(distance: number): number {
  return clamp(0.5 - distance);
}

/** The distance to an ellipse's edge, exact enough within a pixel of it. */
export function ellipse(
  x: number,
  y: number,
  centreX: number,
  centreY: number,
  radiusX: number,
  radiusY: number,
): number {
  const dx = (x - centreX) / radiusX;
  const dy = (y - centreY) / radiusY;
  const radius = Math.hypot(dx, dy);
  const slope = Math.hypot(dx / radiusX, dy / radiusY);
  return slope === 0 ? -Math.min(radiusX, radiusY) : (radius * (radius - 1)) / slope;
}

/** The distance to the edge of a line with round ends, as wide at each as said. */
export function stroke(
  x: number,
  y: number,
  from: readonly [x: number, y: number, radius: number],
  to: readonly [x: number, y: number, radius: number],
): number {
  const lengthX = to[0] - from[0];
  const lengthY = to[1] - from[1];
  const along = clamp(
    ((x - from[0]) * lengthX + (y - from[1]) * lengthY) / (lengthX ** 2 + lengthY ** 2),
  );
  const radius = from[2] + (to[2] - from[2]) * along;
  return Math.hypot(x - from[0] - lengthX * along, y - from[1] - lengthY * along) - radius;
}
