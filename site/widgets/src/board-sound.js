// Tones of the buzzers, heard only after somebody asked for it.
const LOUD = 0.04;

export class Sound {
  constructor() {
    this.wanted = new Set();
    this.voices = new Map();
  }

  toggle(id) {
    if (this.wanted.delete(id)) this.play(id, 0);
    else {
      this.wanted.add(id);
      this.context ||= new AudioContext();
      this.context.resume();
    }
    return this.wanted.has(id);
  }

  play(id, hertz) {
    const voice = this.voices.get(id);
    if (!this.context || !this.wanted.has(id) || !hertz) {
      if (voice) voice.gain.gain.value = 0;
      return;
    }
    const { oscillator, gain } = voice || this.#voice(id);
    oscillator.frequency.value = Math.min(Math.max(hertz, 30), 12_000);
    gain.gain.value = LOUD;
  }

  silence() {
    for (const { gain } of this.voices.values()) gain.gain.value = 0;
  }

  close() {
    this.context?.close();
    this.context = null;
  }

  #voice(id) {
    const oscillator = this.context.createOscillator(), gain = this.context.createGain();
    oscillator.type = "square";
    gain.gain.value = 0;
    oscillator.connect(gain).connect(this.context.destination);
    oscillator.start();
    this.voices.set(id, { oscillator, gain });
    return this.voices.get(id);
  }
}
