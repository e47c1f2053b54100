import { once } from 'node:events';
import { z } from 'zod';

const Targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));
const Answer = z.object({ result: z.object({ result: z.object({ value: z.string() }) }) });

/** The visible text of the first page of a browser that was started with `--remote-debugging-port=port`, and its address. */
export async function pageOf(port: number): Promise<{ readonly url: string; readonly text: string } | null> {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
  if (list === null || !list.ok) return null;
  const page = Targets.parse(await list.json()).find(({ type }) => type === 'page');
  if (page === undefined) return null;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  try {
    await once(socket, 'open');
    const answered = once(socket, 'message');
    socket.send(
      JSON.stringify({
        id: 1,
        method: 'Runtime.evaluate',
        params: { expression: "document.body ? document.body.innerText : ''" },
      }),
    );
    const [event] = await answered;
    const data = event instanceof MessageEvent ? event.data : '';
    return { url: page.url, text: Answer.parse(JSON.parse(String(data))).result.result.value };
  } finally {
    socket.close();
  }
}
