// Plain words on the terminal, and a failure that is one sentence instead of a stack.

let out = process.stdout;

/** From now on what is said goes to standard error: standard output belongs to the answer of the command that runs. */
export function sayOnStandardError() {
  out = process.stderr;
}

/** Prints one sentence about what is being done. */
export function say(sentence) {
  out.write(`bir-ret: ${sentence}\n`);
}

/** A failure whose message is written for the person at the terminal. */
export class Plain extends Error {}

/** Runs `work` and turns a failure into a sentence and an exit status: `Plain` as it is, anything else with its stack. */
export async function mainly(work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof Plain) process.stderr.write(`bir-ret: ${error.message}\n`);
    else process.stderr.write(`bir-ret: something unexpected went wrong.\n${error?.stack ?? error}\n`);
    process.exitCode = 1;
  }
}
