// The clock of a replay: where it is, whether it moves, how fast. It knows nothing of what is played.
export class ReplayClock {
  constructor(tick, now = () => performance.now()) {
    this.tick = tick;
    this.now = now;
    this.us = 0;
    this.speed = 1;
    this.playing = false;
    this.frame = 0;
  }

  play() {
    if (this.playing) return;
    this.playing = true;
    this.last = this.now();
    this.#next();
  }

  pause() {
    this.playing = false;
    if (this.frame) cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  // Bring the time up to this very moment: an input is made now, not at the last picture.
  catchUp() {
    if (!this.playing) return this.us;
    const now = this.now();
    // A tab that slept does not jump: at most a quarter of a second passes between two pictures.
    this.us += Math.min(now - this.last, 250) * 1000 * this.speed;
    this.last = now;
    return this.us;
  }

  #next() {
    this.frame = requestAnimationFrame(() => {
      if (!this.playing) return;
      const before = this.us;
      this.catchUp();
      this.tick(before);
      if (this.playing) this.#next();
    });
  }
}
