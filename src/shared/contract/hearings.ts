import { z } from 'zod';
import { TimelineEntry } from '../evidence/record.ts';
import { operation } from './access.ts';
import { Done, ExhibitNumber, Id, Instant, Line } from './common.ts';
import { Exhibit } from './exhibits.ts';

export const Hearing = z.strictObject({
  id: Id,
  number: z.string(),
  caseId: Id,
  caseNumber: z.string(),
  judge: z.strictObject({ id: Id, name: z.string() }),
  plannedAt: Instant,
  state: z.enum(['planned', 'open', 'closed']),
  exhibits: z.array(Exhibit),
  /** Ranges played so far in this hearing, per exhibit, merged, in ms from the interview's start. */
  played: z.array(
    z.strictObject({ exhibit: ExhibitNumber, ranges: z.array(z.tuple([z.number().int(), z.number().int()])) }),
  ),
});
export type Hearing = z.infer<typeof Hearing>;

/** One track as the player needs it. Playlists and segments come from `/media/…`, each segment verified before it leaves. */
export const PlaybackTrack = z.strictObject({
  id: Id,
  place: z.string(),
  kind: z.enum(['video', 'audio', 'av']),
  label: z.string(),
  simulated: z.boolean(),
  playlist: z.string(),
  codecs: z.string().nullable(),
  /** Where each part stands on the interview's clock, and on the playlist's own clock; both in ms. */
  parts: z.array(
    z.strictObject({ fromMs: z.number().int(), durationMs: z.number().int(), playlistMs: z.number().int() }),
  ),
});

export const Playback = z.strictObject({
  exhibit: Exhibit,
  durationMs: z.number().int(),
  tracks: z.array(PlaybackTrack),
  timeline: z.array(TimelineEntry),
  /** Written across the picture: who sees it, in which hearing, when. */
  watermark: z.string(),
  sealed: z.strictObject({
    at: Instant,
    by: z.array(z.strictObject({ role: z.string(), code: z.string(), name: z.string() })),
  }),
});
export type Playback = z.infer<typeof Playback>;

/** What the courtroom's screen follows: the judge's player, four times a second. */
export const Presented = z.strictObject({
  exhibit: ExhibitNumber.nullable(),
  atMs: z.number().int().nonnegative(),
  playing: z.boolean(),
  rate: z.number().min(0.25).max(4),
  /** Both angles, or one of them. */
  view: z.enum(['both', 'room', 'face']),
  /** Everyone in the room, everyone but the interpreter, or the interpreter alone: where the interpreter has a microphone of their own. */
  sound: z.enum(['all', 'without-interpreter', 'interpreter']).default('all'),
});
export type Presented = z.infer<typeof Presented>;

const hearingTie = { to: 'hearing', by: 'hearing', through: ['presiding'] } as const;
const reviewers = ['investigator', 'clerk', 'judge'] as const;
/** As for the exhibit itself, once its key may be opened. */
const reviewTie = { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over', 'admitted'] } as const;
const ExhibitId = z.strictObject({ exhibit: ExhibitNumber });
const HearingId = z.strictObject({ hearing: Id });
const Range = z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]);

export const hearings = {
  list: operation({ who: ['judge', 'clerk'], tie: { to: 'own' }, events: [] }).output(z.array(Hearing)),
  schedule: operation({
    who: ['clerk'],
    tie: { to: 'case', by: 'caseId', through: ['handed-over'] },
    events: ['hearing.scheduled', 'exhibit.admitted'],
  })
    .input(
      z.strictObject({
        caseId: Id,
        number: Line,
        judge: Id,
        plannedAt: Instant,
        exhibits: z.array(ExhibitNumber).min(1),
      }),
    )
    .output(Hearing),
  get: operation({ who: ['judge'], tie: hearingTie, screens: ['courtroom'], events: [] })
    .input(HearingId)
    .output(Hearing),
  open: operation({ who: ['judge'], tie: hearingTie, events: ['hearing.opened'] })
    .input(HearingId)
    .output(Hearing),
  close: operation({
    who: ['judge'],
    tie: hearingTie,
    events: ['playback.played', 'playback.closed', 'hearing.closed'],
  })
    .input(HearingId)
    .output(Hearing),
  /** Pairs the courtroom's screen: a path with a single-use code, for the second window. */
  screen: operation({ who: ['judge'], tie: hearingTie, events: ['screen.paired'] })
    .input(HearingId)
    .output(z.strictObject({ code: z.string(), path: z.string() })),
};

export const playback = {
  open: operation({
    who: ['judge'],
    screens: ['courtroom'],
    tie: hearingTie,
    events: ['playback.opened'],
  })
    .input(z.strictObject({ hearing: Id, exhibit: ExhibitNumber }))
    .output(Playback),
  /** What was shown since the last report, and what the courtroom's screen shall show now. */
  present: operation({ who: ['judge'], tie: hearingTie, events: ['playback.played'], byItself: true })
    .input(z.strictObject({ hearing: Id, presented: Presented, shown: z.array(Range).max(50) }))
    .output(Hearing),
  close: operation({ who: ['judge'], tie: hearingTie, events: ['playback.played', 'playback.closed'] })
    .input(z.strictObject({ hearing: Id, exhibit: ExhibitNumber }))
    .output(Hearing),
  /** Opens an exhibit beside a protocol or a transcript, for one person of the case. */
  review: operation({ who: reviewers, tie: reviewTie, events: ['review.opened'] })
    .input(ExhibitId)
    .output(Playback),
  endReview: operation({ who: reviewers, tie: reviewTie, events: ['review.closed'] })
    .input(ExhibitId)
    .output(Done),
  /** Polled by the courtroom's screen. */
  follow: operation({ who: ['judge'], screens: ['courtroom'], tie: hearingTie, events: [], byItself: true })
    .input(HearingId)
    .output(Presented),
};
