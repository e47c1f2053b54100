export interface CalmPictureProps {
  readonly kind: 'hello' | 'goodbye';
  readonly words: string;
  /** Speaks the words. */
  readonly onPress: () => void;
}

/** Hills with a yurt: in the morning before it begins, in the evening when it is over. */
export function CalmPicture({ kind, words, onPress }: CalmPictureProps) {
  return (
    <button type="button" className="br-child-calm" data-kind={kind} onClick={onPress}>
      <svg viewBox="0 0 400 260" preserveAspectRatio="xMidYMid slice" aria-hidden>
        {kind === 'hello' ? <Sun /> : <Moon />}
        <path className="far" d="M0 176c46-44 84-52 128-22s74 20 118-14 100-30 154 18v102H0z" />
        <path className="near" d="M0 214c62-30 128-34 196-14s142 16 204-10v70H0z" />
        <path className="path" d="M222 260c-6-18 10-26 2-40s-26-16-30-26h14c6 8 24 12 32 26s-2 24 8 40z" />
        <path className="felt" d="M148 196v-34c0-6 4-10 10-13 14-9 28-16 44-16s30 7 44 16c6 3 10 7 10 13v34z" />
        <path className="roof" d="M144 166c2-8 6-13 14-18 14-8 28-15 44-15s30 7 44 15c8 5 12 10 14 18z" />
        <path className="line" d="M150 174h104M150 188h104M192 133h20" />
        <path className="door" d="M190 197v-25c0-4 3-7 7-7h10c4 0 7 3 7 7v25z" />
        <path className="bird" d="M66 92c6-7 12-7 16 0 4-7 10-7 16 0M108 70c5-6 10-6 13 0 3-6 8-6 13 0" />
      </svg>
      <span>{words}</span>
    </button>
  );
}

const Sun = () => (
  <g className="sky">
    <circle cx="312" cy="62" r="26" />
    <path className="rays" d="M312 22v-8M312 110v-8M352 62h8M264 62h8M340 34l6-6M278 96l6-6M340 90l6 6M278 28l6 6" />
  </g>
);

const Moon = () => (
  <g className="sky">
    <path d="M326 34a36 36 0 1 0 12 62 44 44 0 0 1-12-62z" />
    <circle cx="254" cy="40" r="4" />
    <circle cx="372" cy="48" r="3" />
    <circle cx="188" cy="66" r="3" />
    <circle cx="362" cy="112" r="3.5" />
  </g>
);
