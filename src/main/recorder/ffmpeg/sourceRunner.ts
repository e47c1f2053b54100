import type { SourceConfig } from '../../../shared/domain/devices.ts';
import type { SourceLive } from '../../../shared/domain/liveState.ts';
import type { SourceFailure } from '../../../shared/domain/sourceFailure.ts';
import { isRefusal } from '../../../shared/errors.ts';
import { FragmentReader } from '../media/fragmentReader.ts';
import { shownCommand, sourceArguments, type VideoEncoder } from './arguments.ts';
import type { ChildEnd, FfmpegChild } from './children.ts';
import { CopyCheck, type CopyObjection } from './copyCheck.ts';
import { encoderAfter } from './encoderFailure.ts';
import { InputStartReader } from './inputStart.ts';
import { lossOf } from './loss.ts';
import { Placement } from './placement.ts';
import { RunSigns } from './runSigns.ts';
import type { LossCause, OpenedInput, RunnerPorts, SourceRun } from './sourcePorts.ts';

const SILENT_NS = 3_000_000_000n;
const STILL_NS = 6_000_000_000n;
const OPENING_NS = 12_000_000_000n;
const BACK_OFF_MS = [200, 500, 1000, 2000, 4000] as const;
const STEADY_NS = 10_000_000_000n;
/** After the end of a recording a room is mostly let go at once: its devices are not opened for that. */
const AFTER_FLUSH_MS = 700;

/** A device whose stamps are always ahead is not started again and again for it. */
const AHEAD_AGAIN_NS = 60_000_000_000n;

/** What reading the media of one run needs. */
interface Reading {
  readonly reader: FragmentReader;
  readonly command: string;
  readonly placement: Placement;
}

/**
 * Keeps one ffmpeg alive for one source: starts it, reads everything it writes, and starts it again with growing
 * pauses when it ends unasked, falls silent for three seconds, or sends what is not fragmented MP4.
 */
export class SourceRunner {
  readonly source: SourceConfig;
  readonly #ports: RunnerPorts;
  #child: FfmpegChild | null = null;
  #run: SourceRun | null = null;
  #runs = 0;
  #failures = 0;
  #stopping = false;
  #flushing = false;
  /** Whether a network camera's stream is kept as it comes; given up for this process once it proved unfit. */
  #copy: boolean;
  #unfit = false;
  /** This run's stream changed for the worse while it was recorded: said once. */
  #objected = false;
  /** The station's choice, or x264 once the hardware failed here. */
  #encoder: VideoEncoder;
  #state: SourceLive['state'] = 'starting';
  #lastByteNs = 0n;
  #startedNs = 0n;
  #lastFragmentNs: bigint | null = null;
  /** When the last whole piece came, the initialisation section or a fragment. */
  #lastPieceNs = 0n;
  #placement: Placement | null = null;
  /** When this source was last started again because its stamps were ahead of time. */
  #aheadNs = -AHEAD_AGAIN_NS;
  #failure: SourceFailure | null = null;
  /** What the run that is sending tells besides; null while there is none. */
  #signs: RunSigns | null = null;
  #delayMs: number | null = null;
  #bytesTotal = 0;
  #cause: LossCause | null = null;
  #watch: NodeJS.Timeout | null = null;
  #retry: NodeJS.Timeout | null = null;
  #starting: Promise<void> = Promise.resolve();

  constructor(source: SourceConfig, ports: RunnerPorts) {
    this.source = source;
    this.#ports = ports;
    this.#encoder = ports.videoEncoder;
    // Nothing can be drawn into a stream that is kept as it comes.
    this.#copy = source.device.backend === 'rtsp' && ports.drawn() === null;
  }

  start(): void {
    this.#watch = setInterval(() => this.#look(), 250);
    this.#starting = this.#launch();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#watch !== null) clearInterval(this.#watch);
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#starting;
    await this.#child?.stop();
    await this.#ports.log.settled();
  }

  /**
   * Has the encoder write out what it holds and end; resolves when everything it sent has been taken, after `withinMs` at
   * the latest. The source starts again by itself a moment later, unless it is stopped meanwhile.
   */
  async flush(withinMs: number): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#flushing = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([child.stop(), late]);
    clearTimeout(timer);
  }

  /**
   * The wall clock was set. Where the stamps are of that clock the source is started again at once, and nothing more is
   * taken of this run: from here on its time would be bent. Others are not touched.
   */
  clockWasSet(): void {
    if (this.#child === null || this.#cause !== null || this.#placement?.onWallClock !== true) return;
    this.#cause = 'clock';
    this.#ports.log.note('the wall clock was set, and these stamps with it: started again');
    this.#child.kill();
  }

  /** The run that is sending, or null. */
  get run(): SourceRun | null {
    return this.#run;
  }

  get preview(): Buffer | null {
    return this.#signs?.preview ?? null;
  }

  /** Bytes a second of media that this source has sent so far on average, or null before there is a measure. */
  get bytesPerSecond(): number | null {
    const seconds = Number(this.#ports.clock.monotonicNs() - this.#startedNs) / 1e9;
    return this.#run === null || seconds < 2 ? null : this.#bytesTotal / seconds;
  }

  get live(): Pick<SourceLive, 'state' | 'failure' | 'fps' | 'lastFragmentMsAgo' | 'delayMs' | 'level' | 'pid'> {
    const last = this.#lastFragmentNs;
    const running = this.#state === 'running';
    return {
      state: this.#state,
      failure: running ? null : this.#failure,
      fps: running ? (this.#signs?.fps ?? null) : null,
      lastFragmentMsAgo: last === null ? null : Number((this.#ports.clock.monotonicNs() - last) / 1_000_000n),
      delayMs: running ? this.#delayMs : null,
      level: running ? (this.#signs?.level ?? null) : null,
      pid: this.#child?.pid ?? null,
    };
  }

  async #launch(): Promise<void> {
    const { clock, openInput, children, ffmpegPath, log, listener } = this.#ports;
    this.#cause = null;
    this.#signs = null;
    this.#objected = false;
    this.#placement = null;
    this.#bytesTotal = 0;
    this.#startedNs = clock.monotonicNs();
    this.#lastByteNs = this.#startedNs;
    let input: OpenedInput;
    try {
      input = await openInput(this.source);
    } catch (error) {
      log.note(`the device could not be opened: ${error instanceof Error ? error.message : String(error)}`);
      this.#over('not-opened', isRefusal(error) ? error.code : null);
      return;
    }
    if (this.#stopping) return input.close();
    const placement = new Placement(this.source, clock, () => input.zeroNs());
    this.#placement = placement;
    const args = sourceArguments(this.source, input.args, this.#encoder, this.#copy, this.#ports.drawn());
    const command = shownCommand(args, input.relay, this.source.device.address);
    log.begin(clock.now().toISOString(), command);
    this.#runs += 1;
    const reader = new FragmentReader();
    const signs = new RunSigns(this.source.kind, (level) => listener.level(level));
    this.#signs = signs;
    const start = new InputStartReader();
    const child = children.start(this.source.id, ffmpegPath, args, {
      media: (chunk) => this.#media({ reader, command, placement }, chunk),
      preview: (chunk) => signs.shown(chunk),
      progress: (chunk) => signs.progress(chunk),
      log: (chunk) => {
        log.add(chunk);
        signs.printed(chunk);
        listener.log(chunk);
        const seconds = start.push(chunk);
        if (seconds !== null) placement.start(seconds);
      },
    });
    this.#child = child;
    listener.begun();
    listener.changed();
    void child.ended.then(async (end) => {
      const problem = input.problem();
      if (problem !== null) log.note(problem);
      this.#ended(child, end, problem);
      await input.close();
    });
  }

  #media({ reader, command, placement }: Reading, chunk: Buffer): void {
    if (this.#cause !== null || this.#unfit) return;
    const { clock, listener, log } = this.#ports;
    const arrivedNs = clock.monotonicNs();
    this.#lastByteNs = arrivedNs;
    this.#bytesTotal += chunk.length;
    try {
      for (const piece of reader.push(chunk)) {
        this.#lastPieceNs = arrivedNs;
        if (piece.type === 'init') {
          const copied = this.#copy ? new CopyCheck(piece.init) : null;
          const objection = copied?.objection ?? null;
          if (objection !== null) {
            this.#encodeInstead(objection);
            return;
          }
          const { init } = piece;
          this.#run = { number: this.#runs, init, command, copied, ...placement.begin(arrivedNs) };
          continue;
        }
        const run = this.#run;
        if (run === null) continue;
        const objection = run.copied?.look(piece.fragment) ?? null;
        if (objection !== null && this.#ports.mayRestart()) {
          this.#encodeInstead(objection);
          return;
        }
        // While a recording runs the stream is taken as it is: longer segments are better than a gap.
        if (objection !== null && !this.#objected) {
          this.#objected = true;
          log.note(`the camera's stream changed while it is recorded, and is kept as it comes: ${objection}`);
        }
        this.#delayMs = placement.settle(run, piece.fragment, arrivedNs, this.#state !== 'running');
        const ahead = placement.isAhead(run, piece.fragment, arrivedNs);
        if (ahead && arrivedNs - this.#aheadNs >= AHEAD_AGAIN_NS) {
          this.#aheadNs = arrivedNs;
          this.clockWasSet();
          return;
        }
        this.#lastFragmentNs = arrivedNs;
        if (this.#state !== 'running') {
          this.#state = 'running';
          listener.changed();
        }
        listener.fragment(run, piece.fragment, arrivedNs);
      }
    } catch (error) {
      if (!isRefusal(error, 'SOURCE_STREAM_DAMAGED')) throw error;
      log.note(error.message);
      this.#cause = 'damaged';
      this.#child?.kill();
    }
  }

  /** This camera's stream cannot be kept as it comes: the source is started again at once, and encoded from now on. */
  #encodeInstead(objection: CopyObjection): void {
    this.#ports.log.note(`the camera's stream is not copied but encoded: ${objection}`);
    this.#copy = false;
    this.#unfit = true;
    this.#flushing = true;
    void this.#child?.stop();
  }

  #look(): void {
    if (this.#child === null || this.#cause !== null) return;
    const quiet = this.#ports.clock.monotonicNs() - this.#lastByteNs;
    // Bytes that never make a whole fragment are no pictures.
    const still = this.#run === null ? 0n : this.#ports.clock.monotonicNs() - this.#lastPieceNs;
    if (quiet < (this.#run === null ? OPENING_NS : SILENT_NS) && still < STILL_NS) return;
    this.#cause = 'silent';
    this.#ports.log.note('no pictures or sound: killed');
    this.#child.kill();
  }

  #ended(child: FfmpegChild, end: ChildEnd, problem: string | null): void {
    if (this.#child === child) this.#child = null;
    this.#ports.log.note(`ended: code ${end.code ?? '-'}, signal ${end.signal ?? '-'} ${end.problem ?? ''}`);
    if (this.#stopping) return;
    if (this.#flushing) {
      const pause = this.#unfit ? 0 : AFTER_FLUSH_MS;
      this.#flushing = false;
      this.#unfit = false;
      this.#away('restarting', pause);
      return;
    }
    // An end that nobody asked for is a loss, also with code 0: a dropped camera ends so.
    this.#over(this.#cause ?? 'ended', problem);
  }

  #over(cause: LossCause, problem: string | null): void {
    const { clock, listener } = this.#ports;
    const sent = this.#run !== null;
    if (sent && clock.monotonicNs() - this.#startedNs > STEADY_NS) this.#failures = 0;
    const words = this.#signs?.words ?? '';
    this.#encoder = encoderAfter(this.#encoder, words);
    const said = lossOf(this.source.device, words, { cause, problem, sent });
    this.#failure = said.failure;
    listener.lost(said);
    if (cause === 'clock') {
      this.#away('restarting', 0);
      return;
    }
    const pause = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.#away('lost', pause);
  }

  /** Nothing runs; the next start is due after `pauseMs`. */
  #away(state: 'lost' | 'restarting', pauseMs: number): void {
    this.#run = null;
    this.#signs = null;
    this.#delayMs = null;
    this.#state = state;
    this.#ports.listener.changed();
    if (this.#stopping) return;
    this.#retry = setTimeout(() => {
      this.#state = 'restarting';
      this.#starting = this.#launch();
    }, pauseMs);
  }
}
