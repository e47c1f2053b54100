import { z } from 'zod';
import { childWishes, spokenWords } from '../domain/childWishes.ts';
import { operation } from './access.ts';
import { Done, Id, Language } from './common.ts';

export const ChildWishId = z.enum(childWishes);
const Spoken = z.enum(spokenWords);

/** Whose voice it is: made by a machine as a stand-in, or recorded from a person. */
export const VoiceKind = z.enum(['synthetic', 'recorded']);

/** What the child's tablet is told, and nothing else: when, in which language, and which sounds it has to fetch. */
export const TabletView = z.strictObject({
  state: z.enum(['before', 'recording', 'over']),
  language: Language,
  /** `/voice/<language>/<said>`; the digest changes with the sound. */
  sounds: z.array(z.strictObject({ said: Spoken, sha256: z.string() })),
});
export type TabletView = z.infer<typeof TabletView>;

export const VoiceLine = z.strictObject({
  language: Language,
  said: Spoken,
  kind: VoiceKind,
  /** The words that are to be spoken. */
  words: z.string(),
  sha256: z.string(),
});
export type VoiceLine = z.infer<typeof VoiceLine>;

const tie = { to: 'interview', by: 'interview', through: ['assigned'] } as const;
const administrator = { who: ['administrator'], tie: { to: 'nothing' } } as const;
const VoiceOf = z.strictObject({ language: Language, said: Spoken });

export const tablet = {
  /** Asked by the child's tablet once a second. */
  watch: operation({
    ...{ who: ['investigator', 'operator'], screens: ['child'], tie, events: [] },
    ...{ whileLocked: true, byItself: true },
  })
    .input(z.strictObject({ interview: Id }))
    .output(TabletView),
  /**
   * The child pressed a picture, or said it to the officer. `id` is made by the screen: sent twice, it is one press. `told` is
   * false while nothing is recorded, and then nothing is kept; it is true also where the same was said a moment ago.
   */
  wish: operation({ who: ['investigator'], screens: ['child'], tie, events: [], whileLocked: true })
    .input(z.strictObject({ interview: Id, wish: ChildWishId, id: Id }))
    .output(z.strictObject({ told: z.boolean() })),
  /** Every sound of every language: whose voice it is. */
  voices: operation({ ...administrator, events: [] }).output(z.array(VoiceLine)),
  /** A person's voice in place of the stand-in: WAV, MP3 or Ogg, 1 MiB at most. */
  setVoice: operation({ ...administrator, events: ['voice.changed'] })
    .input(VoiceOf.extend({ content: z.instanceof(File) }))
    .output(VoiceLine),
  /** Back to the stand-in. */
  resetVoice: operation({ ...administrator, events: ['voice.changed'] })
    .input(VoiceOf)
    .output(Done),
};
