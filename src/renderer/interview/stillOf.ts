/**
 * The picture that this page shows of a camera, as JPEG: of the recorded stream where it plays (its full size), else the
 * small one of this moment. Null where none is shown.
 */
export async function stillOf(source: string): Promise<Blob | null> {
  const tile = document.querySelector(`.br-tile[data-source="${CSS.escape(source)}"]`);
  const video = tile?.querySelector('video:not([data-hidden])');
  const image = tile?.querySelector('img');
  if (video instanceof HTMLVideoElement && video.videoWidth > 0) {
    return await drawn(video, video.videoWidth, video.videoHeight);
  }
  if (image instanceof HTMLImageElement && image.naturalWidth > 0) {
    return await drawn(image, image.naturalWidth, image.naturalHeight);
  }
  return null;
}

async function drawn(picture: CanvasImageSource, width: number, height: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
}
