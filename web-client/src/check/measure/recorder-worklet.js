/* Runs on the browser's audio thread: hands on what an input hears, as it comes, with the time of its first sample. */
const BLOCK = 2048;

class Recorder extends AudioWorkletProcessor {
  #block = new Float32Array(BLOCK);
  #filled = 0;
  #startedAt = 0;

  process([input]) {
    const samples = input?.[0];
    if (!samples) return true;
    if (this.#filled === 0) this.#startedAt = currentTime;
    this.#block.set(samples, this.#filled);
    this.#filled += samples.length;
    if (this.#filled >= BLOCK) {
      this.port.postMessage({ startedAt: this.#startedAt, samples: this.#block }, [this.#block.buffer]);
      this.#block = new Float32Array(BLOCK);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('recorder', Recorder);
