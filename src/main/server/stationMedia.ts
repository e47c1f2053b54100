import type { Relation } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Person } from '../accounts/index.ts';
import type { CopiesService } from '../copies/index.ts';
import { type PlaybackService, type Reviews, trackPlaylist } from '../playback/index.ts';
import type { RecordingService } from '../recording/index.ts';
import type { MediaSource, Viewer } from './media.ts';

export interface StationMediaNeeds {
  readonly recording: RecordingService;
  readonly playback: PlaybackService;
  /** What somebody has open beside a protocol or a transcript. */
  readonly reviews: Reviews;
  readonly copies: CopiesService;
  /** How a person is tied to an interview; null where there is none such. */
  readonly relations: (person: Person, interview: string) => ReadonlySet<Relation> | null;
}

/** Media for screens: verified segments of what a judge opened, and what is being prepared or recorded as it is now. */
export class StationMedia implements MediaSource {
  readonly #needs: StationMediaNeeds;

  constructor(needs: StationMediaNeeds) {
    this.#needs = needs;
  }

  async playlist(viewer: Viewer, exhibit: string, track: string): Promise<string> {
    if (isCopy(track)) return this.#openedCopy(viewer, exhibit, track).playlist();
    return trackPlaylist(this.#opened(viewer, exhibit), track);
  }

  async segment(
    viewer: Viewer,
    exhibit: string,
    track: string,
    part: number,
    line: number,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (isCopy(track)) return new Uint8Array(await this.#openedCopy(viewer, exhibit, track).segment(line));
    return new Uint8Array(await this.#opened(viewer, exhibit).segment(track, part, line));
  }

  async livePlaylist(
    viewer: Viewer,
    interview: string,
    track: string,
    have: number | null,
  ): Promise<{ text: string; nowMs: number }> {
    this.#watches(viewer, interview);
    return await this.#needs.recording.live.playlist(interview, track, have);
  }

  async liveSegment(
    viewer: Viewer,
    interview: string,
    track: string,
    part: number,
    line: number,
  ): Promise<Uint8Array<ArrayBuffer>> {
    this.#watches(viewer, interview);
    return await this.#needs.recording.live.segment(interview, track, part, line);
  }

  async preview(viewer: Viewer, interview: string, source: string): Promise<Uint8Array<ArrayBuffer> | null> {
    this.#atTheDesk(viewer, interview);
    const picture = await this.#needs.recording.preview(interview, source);
    return picture === null ? null : new Uint8Array(picture);
  }

  /** The desk of this interview, or an observers' screen that was admitted to it. Like `recording.view`, also while locked. */
  #watches(viewer: Viewer, interview: string): void {
    if (viewer.screen.kind !== 'observer') this.#atTheDesk(viewer, interview);
    else if (viewer.screen.of !== interview) throw new Refusal('TIE_REFUSED');
  }

  /** The officer and the operator of this interview. */
  #atTheDesk(viewer: Viewer, interview: string): void {
    const person = this.#signedIn(viewer);
    const allowed = person.role === 'investigator' || person.role === 'operator';
    if (!allowed || this.#needs.relations(person, interview)?.has('assigned') !== true)
      throw new Refusal('TIE_REFUSED');
  }

  /** A derived copy as the person behind this screen has it open; a locked screen gets nothing of it. */
  #openedCopy(viewer: Viewer, exhibit: string, copy: string) {
    if (viewer.session?.locked === true) throw new Refusal('SESSION_LOCKED');
    return this.#needs.copies.opened(this.#signedIn(viewer).id, exhibit, copy);
  }

  #opened(viewer: Viewer, exhibit: string) {
    if (viewer.screen.kind === 'courtroom') {
      return this.#needs.playback.opened(exhibit, { account: null, hearing: viewer.screen.of });
    }
    // What is shown is kept in the hearing's record, and a locked screen cannot report it: so it is not shown there.
    if (viewer.session?.locked === true) throw new Refusal('SESSION_LOCKED');
    const account = this.#signedIn(viewer).id;
    return (
      this.#needs.reviews.opened(exhibit, account) ?? this.#needs.playback.opened(exhibit, { account, hearing: null })
    );
  }

  #signedIn({ screen, session }: Viewer): Person {
    if (screen.kind !== 'desk' || session === null) throw new Refusal('SESSION_MISSING');
    return session.person;
  }
}

/** Derived copies are addressed like tracks, by their id (`copy-1`); no place of a source is called so. */
const isCopy = (track: string) => /^copy-[0-9]+$/.test(track);
