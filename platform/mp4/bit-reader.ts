/** Reads bits and Exp-Golomb codes (H.264 §9.1) from a NAL unit, skipping emulation prevention bytes. */
export class BitReader {
  readonly #bytes: Buffer;
  #bit = 0;

  /** `nal` with its header byte; reading starts behind that byte. Only the first `limit` bytes are looked at. */
  constructor(nal: Buffer, limit = nal.length) {
    const raw: number[] = [];
    for (let at = 1; at < Math.min(nal.length, limit); at++) {
      const escaped = nal[at] === 3 && at >= 3 && nal[at - 1] === 0 && nal[at - 2] === 0;
      if (!escaped) raw.push(nal[at]!);
    }
    this.#bytes = Buffer.from(raw);
  }

  /** Throws RangeError past the end: a torn parameter set must not pass for a whole one. */
  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) {
      const byte = this.#bytes[this.#bit >> 3];
      if (byte === undefined) throw new RangeError('NAL unit too short');
      value = value * 2 + ((byte >> (7 - (this.#bit & 7))) & 1);
      this.#bit++;
    }
    return value;
  }

  ue(): number {
    let zeros = 0;
    while (this.bits(1) === 0) if (++zeros > 31) throw new RangeError('Exp-Golomb code too long');
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  se(): number {
    const code = this.ue();
    return code & 1 ? (code + 1) / 2 : -code / 2;
  }
}
