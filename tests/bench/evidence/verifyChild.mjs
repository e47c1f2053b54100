// `node verifyChild.mjs ENTRY BAG ROOT.pem`: verifies it with the verification at ENTRY and says what that took of this process.
// Plain JavaScript: reading TypeScript would cost this process 25 MiB that the shipped verifier never needs.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [, , entry = '', path = '', root = ''] = process.argv;
// Not the system's own maximum: that of a process just started counts what its parent held.
let rss = 0;
const look = () => {
  rss = Math.max(rss, process.memoryUsage.rss());
};
const looking = setInterval(look, 50);
const { openBag, verifyBag } = await import(pathToFileURL(entry).href);
const source = await openBag(path);
const { outcome } = await verifyBag(source, { trust: [await readFile(root)] });
look();
clearInterval(looking);
await source.close();
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ outcome, rssMiB: rss / 1024 / 1024, cpuMs: (user + system) / 1000 }));
