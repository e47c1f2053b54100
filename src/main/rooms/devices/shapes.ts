/** A filled shape with smooth edges. Sizes in pixels, colour as `#rrggbb`. */
export interface Shape {
  readonly colour: string;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

export const rounded = (colour: string, width: number, height: number, radius: number): Shape => ({
  colour,
  width,
  height,
  radius,
});

export const disc = (colour: string, diameter: number): Shape => rounded(colour, diameter, diameter, diameter / 2);

/**
 * The filter chains that draw `shape` once, as one frame with transparency, onto the pad `name`. The mask is the
 * distance to a rounded rectangle, with one pixel of smooth edge; `geq` is slow, but runs for this one frame only.
 */
export function shapeGraph(shape: Shape, name: string): string {
  const { colour, width, height, radius } = shape;
  const frame = `s=${width}x${height}:r=25:d=0.04`;
  const dx = `max(abs(X-W/2+0.5)-W/2+${radius},0)`;
  const dy = `max(abs(Y-H/2+0.5)-H/2+${radius},0)`;
  return (
    `color=c=${colour}:${frame},format=yuv444p[${name}c];` +
    `color=c=black:${frame},format=gray,geq=lum='255*clip(0.5+${radius}-hypot(${dx},${dy}),0,1)'[${name}m];` +
    `[${name}c][${name}m]alphamerge[${name}]`
  );
}
