// A Vitest reporter that keeps the figures and the reasons of skipped tests for scripts/test.mjs.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './place.mjs';

export default class Tally {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: [], failures: [] };
    for (const error of unhandledErrors) tally.failures.push(`outside a test: ${error.message}`);
    for (const one of modules) {
      const file = relative(root, one.moduleId).replaceAll('\\', '/');
      for (const error of one.errors()) {
        tally.failed += 1;
        tally.failures.push(`${file}: ${error.message}`);
      }
      for (const suite of one.children.allSuites()) {
        for (const error of suite.errors()) {
          tally.failed += 1;
          tally.failures.push(`${file}: ${suite.fullName}: ${error.message}`);
        }
      }
      for (const test of one.children.allTests()) count(tally, file, test);
    }
    writeFileSync(process.env.BIRRET_TALLY, JSON.stringify(tally));
  }
}

function count(tally, file, test) {
  const result = test.result();
  const name = `${file}: ${test.fullName}`;
  switch (result.state) {
    case 'passed':
      tally.passed += 1;
      break;
    case 'skipped':
      tally.skipped.push({ name, reason: result.note ?? (isUnderFailure(test) ? 'what prepares it failed' : '') });
      break;
    default:
      // A test that never came to an end (its hook failed, its worker died) has not passed.
      tally.failed += 1;
      tally.failures.push(name);
  }
}

/** True if a hook above the test failed: Vitest calls the test skipped then. */
function isUnderFailure(test) {
  for (let one = test.parent; one !== undefined; one = one.parent) if (one.errors().length > 0) return true;
  return false;
}
