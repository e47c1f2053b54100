import { isRefusal, Refusal } from '../../../shared/errors.ts';

/** Where a bag goes. Everything is under a temporary name until `finish`; `discard` leaves nothing behind. */
export interface BagSink {
  /** Throws EXPORT_EXISTS, EXPORT_FOLDER_UNUSABLE, RECIPIENT_INVALID. */
  begin(exhibit: string): Promise<void>;
  /** One file after another, each to be closed before the next. `path` is relative to the bag. */
  open(path: string, bytes: number): Promise<BagSinkFile>;
  /** Makes all of it durable and gives it its name; returns where it stands. */
  finish(): Promise<string>;
  discard(): Promise<void>;
}

export interface BagSinkFile {
  write(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Says what a system error of the target means; other errors pass as they are. */
export async function onTarget<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw targetError(path, error);
  }
}

function targetError(path: string, error: unknown): unknown {
  if (isRefusal(error) || !(error instanceof Error) || !('code' in error)) return error;
  return new Refusal('EXPORT_FOLDER_UNUSABLE', { path, reason: String(error.code) }, { cause: error });
}

export function recipientInvalid(cause?: unknown): Refusal {
  return new Refusal('RECIPIENT_INVALID', {}, { cause });
}
