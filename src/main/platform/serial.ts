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

/** The same for each of many things by its name: two acts on one exhibit wait for each other, on two they do not. */
export class SerialByKey {
  readonly #queues = new Map<string, { serial: Serial; waiting: number }>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? { serial: new Serial(), waiting: 0 };
    this.#queues.set(key, queue);
    queue.waiting += 1;
    try {
      return await queue.serial.run(work);
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) this.#queues.delete(key);
    }
  }
}
