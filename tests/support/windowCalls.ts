import type { ElectronApplication } from 'playwright';

/**
 * Calls an operation of the contract from within the shell's first window, with that page's own cookies: what a screen would
 * do by itself. Goes through Electron, since Playwright gives a page up for good that has crashed once. Gives the output; throws
 * what the station refused it with.
 */
export async function callFromWindow(app: ElectronApplication, operation: string, input?: object): Promise<unknown> {
  const body = JSON.stringify(input === undefined ? {} : { json: input });
  const script = `fetch('/rpc/${operation}', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-birret': '1' },
    body: ${JSON.stringify(body)},
  }).then(async (answer) => JSON.stringify({ status: answer.status, text: await answer.text() }))`;
  const answer = await app.evaluate(({ BrowserWindow }, source) => {
    const [first] = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id);
    return first?.webContents.executeJavaScript(source);
  }, script);
  const { status, text } = JSON.parse(String(answer));
  if (status !== 200) throw new Error(`${operation} was answered with ${status}: ${text}`);
  const value: unknown = JSON.parse(text);
  return Reflect.get(Object(value), 'json');
}
