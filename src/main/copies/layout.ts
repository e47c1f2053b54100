/** The picture of a picture-in-picture copy, in pixels, and its sound. One place, for the filter graph and the edit list. */
export const layout = {
  width: 1280,
  height: 720,
  framesPerSecond: 25,
  inset: { width: 384, height: 216, border: 2, margin: 24 },
  /** Low on the left: clocks and plates of rooms stand at the top. */
  label: { margin: 24, size: 20 },
  soundHz: 48_000,
  /** The mixed sound never goes above this share of full scale. */
  limit: 0.95,
} as const;

/** Where the inset's frame stands: the border belongs to it. */
export function insetPlace(): { x: number; y: number; width: number; height: number } {
  const { width, height, inset } = layout;
  const [outerWidth, outerHeight] = [inset.width + 2 * inset.border, inset.height + 2 * inset.border];
  return {
    x: width - outerWidth - inset.margin,
    y: height - outerHeight - inset.margin,
    width: outerWidth,
    height: outerHeight,
  };
}
