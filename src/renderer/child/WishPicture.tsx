import type { ReactNode } from 'react';
import type { ChildWishId } from '../../shared/domain/childWishes.ts';

/** Hand-drawn: `deep` for what is seen first, `soft` for what fills it, `line` for strokes. */
const pictures: Readonly<Record<ChildWishId, ReactNode>> = {
  break: (
    <>
      <path className="line thin" d="M66 46c-8-9 8-14 0-24M90 46c-8-9 8-14 0-24M114 46c-8-9 8-14 0-24" />
      <path className="line" d="M130 72h10c13 0 21 8 21 19s-9 20-22 20h-12" />
      <path className="deep" d="M42 60h94c3 0 5 2 5 5-1 45-14 73-34 73H72c-20 0-34-28-35-73 0-3 2-5 5-5z" />
      <path className="soft" d="M56 76h22c3 0 4 2 4 4 1 18 3 30 8 42-20-3-32-20-36-42-1-2 0-4 2-4z" />
      <path className="deep" d="M24 148h130c-4 10-12 14-24 14H48c-12 0-20-4-24-14z" />
    </>
  ),
  'not-understood': (
    <>
      <path
        className="deep"
        d="M52 34c12-16 40-20 54-6 20-8 42 5 42 26 16 8 18 34 2 44-2 22-30 32-46 20-14 14-44 12-52-6-22 2-36-20-26-38-10-20 6-42 26-40z"
      />
      <path className="line card" d="M76 62c0-13 9-20 20-20s20 8 20 18c0 15-19 15-19 30" />
      <circle className="card-dot" cx="97" cy="104" r="6.5" />
      <circle className="deep" cx="52" cy="138" r="11" />
      <circle className="deep" cx="32" cy="158" r="6.5" />
    </>
  ),
  draw: (
    <>
      <path className="soft edge" d="M30 42c34-4 66-4 98 0 4 34 4 68 0 104-32 4-64 4-98 0-4-36-4-70 0-104z" />
      <path className="line thin" d="M48 118V94l23-20 23 20v24zM63 118v-14h14v14" />
      <path className="line thin" d="M42 130c26-5 48-5 74 0" />
      <circle className="deep" cx="58" cy="58" r="8" />
      <path className="deep" d="M160 26c7-7 15-7 21-1s6 14-1 21l-62 62-27 7c-2 0-3-1-3-3l8-26z" />
      <path className="soft" d="m99 89 19 18-20 6c-3 0-5-2-4-5z" />
      <path className="line card thin" d="m146 42 19 19" />
    </>
  ),
  'rather-not': (
    <>
      <path
        className="deep"
        d="M96 22c46 0 78 26 78 60s-32 60-78 60c-10 0-20-1-29-4-8 10-20 18-36 22-3 0-4-2-3-4 6-9 9-18 8-28C24 117 18 100 18 82c0-34 32-60 78-60z"
      />
      <path
        className="card-dot"
        d="M74 86V58c0-8 12-8 12 0v20h2V48c0-8 12-8 12 0v29h2V51c0-8 12-8 12 0v29h2V62c0-8 12-8 12 0v32c0 18-11 28-26 28-13 0-20-5-27-16L63 92c-4-7 5-13 11-6z"
      />
    </>
  ),
};

/** One of the four pictures; what it means is said beside it in words. */
export function WishPicture({ wish }: { readonly wish: ChildWishId }) {
  return (
    <svg viewBox="0 0 192 172" aria-hidden>
      {pictures[wish]}
    </svg>
  );
}
