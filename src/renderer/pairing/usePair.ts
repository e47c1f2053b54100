import { useEffect, useState } from 'react';
import type { Trouble } from '../app/client.ts';

/** Sends the code to the station, which makes this browser the screen that the code is for; and counts a pause down. */
export function usePair() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const paused = trouble?.code === 'PAIRING_PAUSED' ? Number(trouble.params['seconds'] ?? 0) : 0;
  useEffect(() => {
    if (paused <= 0) return;
    const timer = setTimeout(
      () => setTrouble(paused <= 1 ? null : { code: 'PAIRING_PAUSED', params: { seconds: paused - 1 } }),
      1000,
    );
    return () => clearTimeout(timer);
  }, [paused]);
  const pair = async (code: string, label: string) => {
    setBusy(true);
    setTrouble(null);
    const answer = await ask(code, label);
    if ('path' in answer) {
      location.assign(answer.path);
      return;
    }
    setTrouble(answer);
    setBusy(false);
  };
  return { pair, busy, trouble, pausedFor: paused };
}

async function ask(code: string, label: string): Promise<Trouble | { readonly path: string }> {
  try {
    const answer = await fetch('/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-birret': '1' },
      credentials: 'same-origin',
      body: JSON.stringify({ code, label: label.trim() === '' ? null : label.trim() }),
    });
    return read(await answer.json().catch(() => null));
  } catch {
    return { code: 'UNREACHABLE', params: {} };
  }
}

function read(json: unknown): Trouble | { readonly path: string } {
  if (typeof json !== 'object' || json === null) return { code: 'INTERNAL', params: {} };
  if ('path' in json && typeof json.path === 'string') return { path: json.path };
  const code = 'code' in json && typeof json.code === 'string' ? json.code : 'TOO_MANY_REQUESTS';
  const params = 'params' in json && typeof json.params === 'object' && json.params !== null ? json.params : {};
  const seconds = 'seconds' in params && typeof params.seconds === 'number' ? { seconds: params.seconds } : {};
  return { code, params: seconds };
}
