export interface Disposable {
  dispose(): void;
}

/**
 * Owns what was started. Anything added after the owner's end is ended at once: an asynchronous start that
 * finishes late can't leak.
 */
export class DisposableList implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    // Last in, first out: what was built on something goes before it.
    for (const item of this.#items.reverse()) item.dispose();
    this.#items.length = 0;
  }
}

export function onDispose(run: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      run();
    },
  };
}
