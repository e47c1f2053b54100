import { z } from 'zod';
import { Id } from '../evidence/record.ts';

/** The way by which a device is reached: the name of ffmpeg's input format, or what stands for one. */
export const DeviceBackend = z.enum(['v4l2', 'pulse', 'alsa', 'dshow', 'avfoundation', 'rtsp', 'simulated']);
export type DeviceBackend = z.infer<typeof DeviceBackend>;

export const DeviceKind = z.enum(['camera', 'microphone']);
export type DeviceKind = z.infer<typeof DeviceKind>;

/**
 * A camera or microphone. `address` is what the backend opens: `/dev/video0`, a PulseAudio source's name, `hw:1,0`,
 * a DirectShow name, an AVFoundation index, an RTSP address **without credentials**, or the name of a simulation
 * (`room`, `face`, `mic1`, `mic2`, `interpreter`). `label` is what people read; it never holds a secret. `monitor` marks a PulseAudio
 * source that repeats what the machine plays instead of hearing the room.
 */
export const Device = z.strictObject({
  kind: DeviceKind,
  backend: DeviceBackend,
  address: z.string().min(1).max(1024),
  label: z.string().min(1).max(256),
  simulated: z.boolean(),
  monitor: z.literal(true).optional(),
});
export type Device = z.infer<typeof Device>;

/** Where a source stands in a room: two views, up to two microphones, and the interpreter's own. */
export const SourcePlace = z.enum(['room', 'face', 'mic1', 'mic2', 'interpreter']);
export type SourcePlace = z.infer<typeof SourcePlace>;

/** One source of a room: `id` names its track. */
export const SourceConfig = z.strictObject({
  id: Id,
  place: SourcePlace,
  kind: z.enum(['video', 'audio']),
  device: Device,
});
export type SourceConfig = z.infer<typeof SourceConfig>;

/**
 * How a room records. `preRecord` = the ten seconds before the button belong to the recording; `burnedClock` = date and
 * time stand in the room view's picture.
 */
export const RoomSettings = z.strictObject({ preRecord: z.boolean(), burnedClock: z.boolean() });
export type RoomSettings = z.infer<typeof RoomSettings>;
export const plainRoom: RoomSettings = { preRecord: false, burnedClock: false };
/** What the form of a new room begins with: the clock in the picture, nothing kept from before the button. */
export const newRoomSettings: RoomSettings = { preRecord: false, burnedClock: true };

/** What a microphone hears when nobody speaks (RMS in dBFS), by source id, as the room's self-test measured it. */
export const BaseLines = z.record(Id, z.strictObject({ noiseDb: z.number() }));
export type BaseLines = z.infer<typeof BaseLines>;

/** What an RTSP camera asks for. Kept apart from the device, sealed at rest, and never in a log, record or argument. */
export const RtspCredentials = z.strictObject({ user: z.string().min(1), password: z.string() });
export type RtspCredentials = z.infer<typeof RtspCredentials>;

/** Credentials by the `address` of the device that needs them. */
export const SourceSecrets = z.record(z.string(), RtspCredentials);
export type SourceSecrets = z.infer<typeof SourceSecrets>;

/**
 * Why an H.264 encoder is taken or not: `works`; `no-device` = nothing here that it could run on; `failed` = it did not
 * encode; `wrong-output` = not H.264 with a key frame a second, or it does not decode; `holds-back` = it keeps pictures to
 * itself, which a kill would lose; `too-slow` = it took far longer than the pictures lasted.
 */
export const EncoderVerdict = z.enum(['works', 'no-device', 'failed', 'wrong-output', 'holds-back', 'too-slow']);
export type EncoderVerdict = z.infer<typeof EncoderVerdict>;

/**
 * The encoder of this machine, by ffmpeg's name (`libx264`, `h264_vaapi:/dev/dri/renderD128`), and how each that was tried
 * before it fared; `line` = what ffmpeg said.
 */
export const MachineEncoder = z.strictObject({
  encoder: z.string(),
  tests: z.array(z.strictObject({ encoder: z.string(), verdict: EncoderVerdict, line: z.string() })),
});
export type MachineEncoder = z.infer<typeof MachineEncoder>;
