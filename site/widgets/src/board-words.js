// What the board's panel says, numbers as German children write them, and names for tones and colours.
export const WORDS = {
  title: "Dein Board",
  start: "Start", pause: "Pause", resume: "Weiter", stop: "Stopp", again: "Von vorn", more: "Noch mehr Zeit",
  speed: "Tempo", forget: "Eingaben vergessen", outputs: "Das macht dein Programm", inputs: "Hier kannst du drücken und drehen",
  trace: "Zeitbild", traceWords: "Zeitbild in Worten", time: "Zeit", seconds: "Zeit in Sekunden", console: "Ausgabe", wired: "So ist es gesteckt", wiredBelow: "Bild: das Steckbrett von oben. Jeder Schritt steht darunter.",
  keys: "Pfeiltasten gehen vor und zurück, Bild-Tasten eine Sekunde, Pos 1 an den Anfang, Ende ans Ende.",
  on: "an", off: "aus", pressed: "gedrückt", free: "losgelassen", silent: "still", soundOn: "Ton an", soundOff: "Ton aus",
  hold: "Halte ihn mit der Maus, dem Finger oder der Leertaste.",
  idle: "Drück auf Start.", running: "Läuft", thinking: "Dein Board rechnet …", stopped: "Gestoppt", paused: "Pause",
  used: "Die Zeit ist um.", done: "Dein Programm ist fertig.", broken: "Dein Programm ist stehen geblieben.",
  error: "Dein Programm ist stehen geblieben", noticed: "Das fällt auf", technical: "MicroPython sagt:",
  noAnswer: "Das Board antwortet gerade nicht. Warte kurz. Führe dann die Zelle noch einmal aus.",
  simulated: "Simuliert", real: "Echtes Board", where: "Wo läuft es?", passed: "Geschafft!", notYet: "Noch nicht.",
  realNote: "Dein Programm läuft auf {board}. Schau auf die Lichter dort!",
  look: "Board suchen", found: "Gefunden! Wähle es oben.", notFound: "Ich finde kein Board. Steckt das Kabel fest im Board und im Laptop?",
};

export function german(number, digits = 1) {
  return number.toFixed(digits).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "").replace(".", ",").replace("-", "−");
}

export const seconds = (us) => `${(us / 1e6).toFixed(1).replace(".", ",")} s`;

const TONES = ["C", "Cis", "D", "Dis", "E", "F", "Fis", "G", "Gis", "A", "B", "H"];

// The nearest note of the piano as it is called in Germany: 440 Hz is A4.
export function tone(hz) {
  const key = Math.round(12 * Math.log2(hz / 440)) + 69;
  return `${TONES[((key % 12) + 12) % 12]}${Math.floor(key / 12) - 1}`;
}

const HUES = [[15, "rot"], [45, "orange"], [70, "gelb"], [165, "grün"], [200, "türkis"], [255, "blau"], [290, "lila"], [335, "rosa"], [361, "rot"]];

export function colourName([r, g, b]) {
  const most = Math.max(r, g, b), least = Math.min(r, g, b);
  if (!most) return WORDS.off;
  if (most - least < most * 0.25) return "weiß";
  const span = most - least;
  const hue = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return HUES.find(([end]) => hue * 60 < end)[1];
}
