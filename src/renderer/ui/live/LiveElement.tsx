import { useEffect, useRef } from 'react';
import type { LiveStage } from './liveStage.ts';

export interface LiveElementProps {
  readonly stage: LiveStage;
  readonly track: string;
  readonly kind: 'video' | 'audio';
  /** A picture's words for those who do not see it. */
  readonly label?: string;
  readonly hidden?: boolean;
}

/** The element of one live track, given to the stage for as long as it stands here. Pictures have no sound of their own. */
export function LiveElement({ stage, track, kind, label, hidden = false }: LiveElementProps) {
  const video = useRef<HTMLVideoElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    stage.attach(track, video.current ?? audio.current);
    return () => stage.attach(track, null);
  }, [stage, track]);
  if (kind === 'audio') {
    // biome-ignore lint/a11y/useMediaCaption: a conversation as it happens has no captions
    return <audio ref={audio} />;
  }
  return <video ref={video} playsInline muted aria-label={label} data-hidden={hidden ? 'true' : undefined} />;
}
