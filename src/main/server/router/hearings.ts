import { done } from '../../../shared/contract/common.ts';
import type { CustodyLog } from '../../custody/index.ts';
import type { Hearings, PlaybackService, Reviews } from '../../playback/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { ScreenRegistry } from '../screens.ts';

export interface HearingHandlersNeeds {
  readonly hearings: Hearings;
  readonly playback: PlaybackService;
  readonly reviews: Reviews;
  readonly screens: ScreenRegistry;
  readonly custody: () => CustodyLog;
  readonly today: () => Date;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `hearings` and `playback`. */
export function hearingHandlers(os: Implementer, needs: HearingHandlersNeeds) {
  const { hearings, playback, screens } = needs;
  const reviewer = ({ person }: CallContext) => ({ id: person.code, role: person.role, account: person.id });
  /** Who sees it, in which hearing, on which day: written across every picture. */
  const watermark = (hearing: string, name: string) =>
    `${name} · ${hearings.get(hearing).number} · ${needs.today().toISOString().slice(0, 10)}`;
  return {
    hearings: {
      list: os.hearings.list.handler(({ context: { call } }) =>
        call.person.role === 'judge' ? hearings.ofJudge(call.person.id) : hearings.all(),
      ),
      schedule: os.hearings.schedule.handler(({ input, context: { call } }) => hearings.schedule(input, actorOf(call))),
      get: os.hearings.get.handler(({ input }) => hearings.get(input.hearing)),
      open: os.hearings.open.handler(({ input, context: { call } }) => hearings.open(input.hearing, actorOf(call))),
      close: os.hearings.close.handler(async ({ input, context: { call } }) => {
        await playback.closeHearing(input.hearing, actorOf(call));
        screens.endOf(input.hearing);
        return hearings.close(input.hearing, actorOf(call));
      }),
      screen: os.hearings.screen.handler(({ input, context: { call } }) => {
        needs.custody().append({
          action: 'screen.paired',
          actor: actorOf(call),
          subject: { type: 'hearing', id: input.hearing },
          details: { kind: 'courtroom' },
        });
        return { code: screens.newCode('courtroom', input.hearing), path: '/screen' };
      }),
    },
    playback: {
      open: os.playback.open.handler(({ input, context: { call } }) => {
        const courtroom = call.screen.kind === 'courtroom';
        const judge = hearings.get(input.hearing).judge;
        return playback.open(
          input,
          courtroom ? { id: call.screen.id, role: 'courtroom' } : actorOf(call),
          watermark(input.hearing, judge.name),
          courtroom ? null : () => call.keys.vaultIdentity(),
        );
      }),
      present: os.playback.present.handler(({ input, context: { call } }) =>
        playback.present(input.hearing, input.presented, input.shown, actorOf(call)),
      ),
      close: os.playback.close.handler(({ input, context: { call } }) => playback.close(input, actorOf(call))),
      review: os.playback.review.handler(async ({ input, context: { call } }) =>
        needs.reviews.open(
          input.exhibit,
          reviewer(call),
          `${call.person.name} · ${needs.today().toISOString().slice(0, 10)}`,
          await call.keys.vaultIdentity(),
        ),
      ),
      endReview: os.playback.endReview.handler(async ({ input, context: { call } }) => {
        await needs.reviews.close(input.exhibit, reviewer(call));
        return done;
      }),
      follow: os.playback.follow.handler(({ input }) => playback.presented(input.hearing)),
    },
  };
}
