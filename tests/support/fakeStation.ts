import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

/*
 * A stand-in for the station, for tests of what starts, finds and shows one: run.json, /health, /shell/*, /enter and a page.
 * Run as `node fakeStation.ts --station DIR`. What it was asked is appended to DIR/asked.txt. The file DIR/refuse, when there,
 * holds the line it ends with instead of starting.
 */
const folder = process.argv[process.argv.indexOf('--station') + 1] ?? '';
const runFile = join(folder, 'run.json');
const secret = randomBytes(24).toString('base64url');
const codes = new Set<string>();

if (existsSync(join(folder, 'refuse'))) {
  process.stderr.write(`${readFileSync(join(folder, 'refuse'), 'utf8')}\n`);
  process.exit(1);
}

const page = `<!doctype html><meta charset="utf-8"><title>Bir Ret</title>
<body><h1 id="where"></h1><script src="/page.js"></script>`;
const script = "document.getElementById('where').textContent = location.pathname;";

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}

const server = createServer((request, response) => {
  const answer = (status: number, type: string, text: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers });
    response.end(text);
  };
  const serve = async () => {
    const path = request.url ?? '/';
    if (path !== '/health') appendFileSync(join(folder, 'asked.txt'), `${request.method} ${path}\n`);
    const trusted = request.headers.authorization === `Bearer ${secret}`;
    if (path === '/health') return answer(200, 'application/json', '{"product":"bir-ret"}');
    if (path === '/page.js') return answer(200, 'text/javascript', script);
    if (path === '/shell/code' && trusted) {
      const code = randomBytes(24).toString('base64url');
      codes.add(code);
      return answer(200, 'application/json', JSON.stringify({ code }));
    }
    if (path === '/shell/closing' && trusted) {
      answer(200, 'application/json', '{"done":true}');
      server.close();
      server.closeAllConnections();
      return rmSync(runFile, { force: true });
    }
    if (path === '/enter' && request.method === 'POST') {
      const code = new URLSearchParams(await bodyOf(request)).get('code') ?? '';
      if (!codes.delete(code)) return answer(403, 'text/plain', 'no such code');
      const next = '<!doctype html><title>Bir Ret</title><meta http-equiv="refresh" content="0;url=/">';
      return answer(200, 'text/html', next, { 'set-cookie': 'screen=1; HttpOnly; SameSite=Strict; Path=/' });
    }
    // As the real one: pages are no secret, what they may ask for is. The second screen comes without the operator's cookie.
    const letIn = request.headers.cookie?.includes('screen=1') === true;
    if (!letIn && (path === '/' || request.method !== 'GET')) return answer(403, 'text/plain', 'not let in');
    return answer(200, 'text/html', page.replace('<body', `<body data-let-in="${letIn}"`));
  };
  serve().catch((error: unknown) => answer(500, 'text/plain', String(error)));
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  writeFileSync(`${runFile}.tmp`, JSON.stringify({ pid: process.pid, port, secret }), { mode: 0o600 });
  renameSync(`${runFile}.tmp`, runFile);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
