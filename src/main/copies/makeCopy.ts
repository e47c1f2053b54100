import { createHash } from 'node:crypto';
import { canonicalBytes, canonicalText } from '../../shared/domain/canonical.ts';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceCopy } from '../../shared/evidence/copy.ts';
import type { SegmentLine } from '../../shared/evidence/record.ts';
import { words } from '../../shared/i18n/index.ts';
import { type Hand, readCertificate, signDetached } from '../sealing/index.ts';
import { recipientOf, storeFile } from '../vault/index.ts';
import { COPY_MEDIA, COPY_SEGMENTS, COPY_STATEMENT, copyFolder, makeCopyFolders, writeBeside } from './copyFolder.ts';
import { type CopyPlan, planCopy } from './copyPlan.ts';
import { editList } from './editList.ts';
import { runFfmpeg } from './ffmpegRun.ts';
import { filterGraph, PICTURE_OUT, SOUND_OUT } from './filterGraph.ts';
import { layout } from './layout.ts';
import type { Control, CopiesNeeds, Damage, Masters, StoredExhibit } from './needs.ts';
import { SegmentIndex } from './segmentIndex.ts';

export interface MakeInput {
  readonly stored: StoredExhibit;
  /** The exhibit's own age identity. */
  readonly identity: string;
  readonly id: string;
  readonly recipient: string | null;
  readonly maker: Hand;
  readonly control: Control;
  readonly onDamage: (damage: Damage) => void;
}

/** What was made: the signed statement, where it stands whole, and the digests that the log keeps. */
export interface MadeFiles {
  readonly statement: Uint8Array;
  readonly folders: readonly string[];
  readonly p7s: { readonly file: string; readonly sha256: string };
  readonly stored: readonly { target: string; file: string; bytes: number; sha256: string }[];
}

/**
 * Makes a picture-in-picture copy of an exhibit into `copies/<id>/` on each of its targets: masters out of the vault, verified
 * segment by segment, through ffmpeg, encrypted to the exhibit's own key as it comes; then the statement and the maker's
 * signature over it. Nothing of it is plaintext on a disk at any time. What is left by a failure is the caller's to remove.
 * @throws Refusal COPY_EMPTY, COPY_FAILED, JOB_CANCELLED, SEGMENT_DAMAGED, TARGET_UNUSABLE, FFMPEG_MISSING
 */
export async function makeCopy(needs: CopiesNeeds, input: MakeInput): Promise<MadeFiles> {
  const { stored, id, control } = input;
  const { statement: record } = stored;
  const masters = await needs.openMasters(stored, input.identity, input.onDamage);
  try {
    const durationMs = Date.parse(record.interview.ended_at) - Date.parse(record.interview.started_at);
    const plan = planCopy(
      record.tracks.map((track) => ({ track, parts: masters.parts(track.id) })),
      durationMs,
    );
    if (plan.inputs.length === 0 || durationMs <= 0) throw new Refusal('COPY_EMPTY', { exhibit: stored.number });
    const label = labelOf(record.interview.language, stored.number);
    const ffmpeg = await needs.ffmpeg();
    const recipient = await recipientOf(input.identity);
    const folders = await makeCopyFolders(stored.folders, id);
    const index = new SegmentIndex();
    const { taken, command } = await runFfmpeg(
      {
        ffmpeg: ffmpeg.path,
        inputs: plan.inputs.map(
          ({ track, part }) =>
            () =>
              bytesOf(masters, track, part, control.signal),
        ),
        filter: filterGraph(plan, label, needs.font()),
        outputArguments: outputArguments(ffmpeg.videoEncoder, durationMs),
        durationMs,
        onProgress: (done) => control.progress(done * 0.99),
        signal: control.signal,
      },
      (bytes) =>
        storeFile({
          targets: folders.map((folder) => copyFolder(folder, id)),
          file: COPY_MEDIA,
          recipient,
          plain: indexed(bytes, index),
        }),
    );
    control.signal.throwIfAborted();
    const segments = segmentsText(index.lines(durationMs));
    const standing = folders.filter((folder) => taken.stored.some(({ target }) => target === copyFolder(folder, id)));
    const media = { bytes: taken.bytes, sha256: taken.sha256 };
    return await sign(needs, input, {
      plan,
      label,
      media,
      segments,
      standing,
      command,
      version: ffmpeg.version,
      taken,
    });
  } finally {
    await masters.close();
  }
}

interface Signing {
  readonly plan: CopyPlan;
  readonly label: string;
  readonly media: { readonly bytes: number; readonly sha256: string };
  readonly segments: Buffer;
  readonly standing: readonly string[];
  readonly command: string;
  readonly version: string;
  readonly taken: { readonly stored: MadeFiles['stored'] };
}

async function sign(needs: CopiesNeeds, input: MakeInput, made: Signing): Promise<MadeFiles> {
  const { stored, id, maker } = input;
  const now = needs.clock.now();
  const file = `${COPY_STATEMENT}.${maker.code}.p7s`;
  const statement = canonicalBytes(
    EvidenceCopy.parse({
      format: 'birret-copy/1',
      exhibit: stored.number,
      id,
      record_sha256: stored.recordSha256,
      kind: 'picture-in-picture',
      made_at: now.toISOString(),
      made_by: maker.code,
      duration_ms: made.plan.durationMs,
      sources: sourcesOf(made.plan),
      edits: editList(made.plan, made.label),
      tool: { name: needs.software.name, version: `${needs.software.version}; ${made.version}`, command: made.command },
      recipient: input.recipient,
      files: [
        { file: COPY_MEDIA, media_type: 'video/mp4', ...made.media },
        {
          file: COPY_SEGMENTS,
          media_type: 'application/jsonl',
          bytes: made.segments.length,
          sha256: sha256(made.segments),
        },
      ],
      signers: [{ file, role: 'officer', code: maker.code, cert_sha256: readCertificate(maker.certPem).sha256 }],
    }),
  );
  const p7s = signDetached({
    content: statement,
    certPem: maker.certPem,
    privateKey: maker.privateKey,
    signingTime: now,
  });
  const folders = await writeBeside(
    made.standing,
    id,
    new Map([
      [COPY_SEGMENTS, made.segments],
      [COPY_STATEMENT, statement],
      [file, p7s],
    ]),
  );
  if (folders.length === 0) {
    throw new Refusal('TARGET_UNUSABLE', {
      target: made.standing[0] ?? '',
      reason: 'the statement could not be written',
    });
  }
  return { statement, folders, p7s: { file, sha256: sha256(p7s) }, stored: made.taken.stored };
}

/** One part's bytes, segment by segment, each verified before ffmpeg gets it. */
async function* bytesOf(
  masters: Masters,
  track: string,
  part: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (const { i } of masters.parts(track)[part - 1]?.lines ?? []) {
    signal.throwIfAborted();
    yield await masters.segment(track, part, i);
  }
}

async function* indexed(bytes: AsyncIterable<Buffer>, index: SegmentIndex): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    index.push(piece);
    yield piece;
  }
}

/**
 * A copy is encoded by software, also where recordings go through hardware: that has few places, and a recording may need
 * them. So hardware of the recorder's choice (`h264_…`) gives way to x264.
 */
function outputArguments(chosen: string, durationMs: number): string[] {
  const encoder = chosen.startsWith('h264_') ? 'libx264' : chosen;
  const gop = String(layout.framesPerSecond);
  // A key frame a second makes one-second segments. What is not x264 gets a rate that no talking scene needs.
  const quality = encoder === 'libx264' ? ['-preset', 'veryfast', '-crf', '23'] : ['-b:v', '2500k'];
  const keys = ['-g', gop, ...(encoder === 'libx264' ? ['-keyint_min', gop, '-sc_threshold', '0'] : [])];
  return [
    ...['-map', `[${PICTURE_OUT}]`, '-map', `[${SOUND_OUT}]`],
    ...['-c:v', encoder, ...quality, ...keys, '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '128k'],
    // Pictures in the order in which they are shown: a fragmented file has no place for a delay between picture and sound.
    ...['-bf', '0', '-t', (durationMs / 1000).toFixed(3)],
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer'],
  ];
}

function labelOf(language: string, exhibit: string): string {
  const text = language === 'kk' || language === 'ru' || language === 'en' ? words[language] : words.ru;
  return text.copies.burned.replace('{{exhibit}}', exhibit);
}

function sourcesOf(plan: CopyPlan): EvidenceCopy['sources'] {
  return plan.inputs.flatMap(({ file, sha256: digest, covered }) =>
    covered.map(([from_ms, to_ms]) => ({ file, sha256: digest, from_ms, to_ms })),
  );
}

const segmentsText = (lines: readonly SegmentLine[]) =>
  Buffer.from(lines.map((line) => `${canonicalText(line)}\n`).join(''));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
