const SLAB_BYTES = 512 * 1024;

/**
 * Copies out of packets into large blocks: a hundred pictures and sounds a second would otherwise each be
 * an allocation that lives for a segment's length, which is what makes garbage collection dear.
 */
class Slab {
  #bytes = Buffer.alloc(0);
  #used = 0;

  copy(source: Buffer, start: number, end: number): Buffer {
    const length = end - start;
    if (length > SLAB_BYTES / 4) return Buffer.from(source.subarray(start, end));
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = Buffer.allocUnsafeSlow(SLAB_BYTES);
      this.#used = 0;
    }
    source.copy(this.#bytes, this.#used, start, end);
    this.#used += length;
    return this.#bytes.subarray(this.#used - length, this.#used);
  }
}

export const slab = new Slab();
