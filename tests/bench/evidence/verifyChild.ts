// `node verifyChild.ts ENTRY BAG ROOT.pem`: verifies it with the verification at ENTRY and says what that took of this process.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [, , entry = '', path = '', root = ''] = process.argv;
const { openBag, verifyBag }: typeof import('../../../src/main/verification/index.ts') = await import(
  pathToFileURL(entry).href
);
const source = await openBag(path);
const { outcome } = await verifyBag(source, { trust: [await readFile(root)] });
await source.close();
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.stdout.write(JSON.stringify({ outcome, rssMiB: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
