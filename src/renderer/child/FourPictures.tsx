import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChildWishId, childWishes, type Spoken } from '../../shared/domain/childWishes.ts';
import type { LanguageId } from '../../shared/i18n/index.ts';
import { pressedOnce } from './pressedOnce.ts';
import { WishPicture } from './WishPicture.tsx';

export interface FourPicturesProps {
  readonly language: LanguageId;
  /** Tells the station; false where it was not heard. */
  readonly tell: (wish: ChildWishId) => Promise<boolean>;
  readonly say: (said: Spoken) => void;
}

/** The ring stands and goes in this time. */
const RING_MS = 2_800;

/** Four pictures. One that was heard says its words and is ringed; one that was not says softly to wait a moment. */
export function FourPictures({ language, tell, say }: FourPicturesProps) {
  const { t } = useTranslation('child', { lng: language });
  const pressed = useRef(new Map<ChildWishId, number>());
  const [answer, setAnswer] = useState<{ readonly wish: ChildWishId; readonly told: boolean } | null>(null);
  useEffect(() => {
    if (answer === null) return;
    const timer = setTimeout(() => setAnswer(null), RING_MS);
    return () => clearTimeout(timer);
  }, [answer]);
  const press = async (wish: ChildWishId) => {
    if (!pressedOnce(pressed.current, wish, performance.now())) return;
    const told = await tell(wish);
    setAnswer({ wish, told });
    say(told ? wish : 'wait');
  };
  return (
    <div className="br-child-four">
      {childWishes.map((wish) => (
        <button
          type="button"
          key={wish}
          className="br-child-wish"
          data-wish={wish}
          data-told={answer?.wish === wish && answer.told ? '' : undefined}
          onClick={() => void press(wish)}
        >
          <WishPicture wish={wish} />
          <span>{t(`says.${wish}`)}</span>
          <i className="br-child-ring" aria-hidden />
        </button>
      ))}
      <div role="status" className="br-unseen">
        {answer === null ? '' : t(answer.told ? 'told' : 'says.wait')}
      </div>
    </div>
  );
}
