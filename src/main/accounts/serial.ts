/** Lets one piece of work in at a time, in order of asking; a failure does not hold up the next. */
export class Serial {
  #tail: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#tail.then(work, work);
    // The caller gets the failure; the queue only needs to know that it is over.
    this.#tail = mine.catch(() => undefined);
    return mine;
  }
}
