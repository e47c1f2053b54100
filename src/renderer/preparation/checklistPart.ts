import type { PreparationEntry, PreparationView } from '../../shared/contract/preparation.ts';
import type { PreparationAnswer } from '../../shared/domain/preparationAnswers.ts';

/** Names that were opened for this screen, by participant's code, and what the child likes to be called. */
export interface OpenedNames {
  readonly people: ReadonlyMap<string, string>;
  readonly called: string | null;
}

/** What the sections of the checklist are given. */
export interface Checklist {
  readonly view: PreparationView;
  /** The newest answer to an item, or null. */
  readonly entry: (item: string) => PreparationEntry | null;
  /** Saves an answer at once; true when it was saved. */
  readonly answer: (answer: PreparationAnswer, words?: string | null) => Promise<boolean>;
  /** A newer view that an act answered with. */
  readonly onView: (view: PreparationView) => void;
  readonly busy: boolean;
  readonly names: OpenedNames | null;
  readonly showNames: () => void;
}
