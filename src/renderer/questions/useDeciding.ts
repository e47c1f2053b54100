import type { ListedQuestion, QuestionsView } from '../../shared/contract/questions.ts';
import { type Trouble, useStation } from '../app/client.ts';
import { useAct } from '../ui/index.ts';

/** A decision with the words it needs. */
export type Decision =
  | { readonly to: 'accepted' | 'asked' }
  | { readonly to: 'reworded'; readonly wording: string }
  | { readonly to: 'declined' | 'not-asked'; readonly reason: string };

export interface Deciding {
  /** True when it was taken. */
  readonly decide: (question: ListedQuestion, decision: Decision) => Promise<boolean>;
  readonly withdraw: (question: ListedQuestion) => Promise<boolean>;
  readonly order: (ids: readonly string[]) => Promise<boolean>;
  readonly busy: boolean;
  readonly trouble: Trouble | null;
}

/** What may be done about a question; the station's answer is shown at once. */
export function useDeciding(interview: string, take: (view: QuestionsView) => void): Deciding {
  const station = useStation();
  const decide = useAct(async ({ id, step }: ListedQuestion, decision: Decision) =>
    take(await station.questions.decide({ interview, question: id, step, ...decision })),
  );
  const withdraw = useAct(async ({ id, step }: ListedQuestion) =>
    take(await station.questions.withdraw({ interview, question: id, step, reason: null })),
  );
  const order = useAct(async (ids: readonly string[]) =>
    take(await station.questions.order({ interview, questions: [...ids] })),
  );
  return {
    decide: decide.run,
    withdraw: withdraw.run,
    order: order.run,
    busy: decide.busy || withdraw.busy || order.busy,
    trouble: decide.trouble ?? withdraw.trouble ?? order.trouble,
  };
}
