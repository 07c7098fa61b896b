// The words of the view and the panel, and numbers as German children write them.
export const WORDS = {
  view: "3D-Ansicht",
  keys: "Pfeiltasten drehen, Plus und Minus machen größer und kleiner, R stellt zurück.",
  closer: "Größer",
  further: "Kleiner",
  reset: "Ansicht zurückstellen",
  above: "Von oben",
  drawn: "Dieser Rechner zeigt kein 3D. Hier ist die Zeichnung.",
  wait: "Das Teil wird geladen …",
  silent: "Der Rechner antwortet gerade nicht. Warte kurz. Führe dann die Zelle noch einmal aus.",
  notYet: "Das geht noch nicht.",
  look: "Schau noch einmal hin.",
  back: "Zurück zum letzten guten Teil",
  presets: "Fang mit einem Beispiel an",
  standard: "Wie am Anfang",
  help: "Hilfe zu",
  less: "weniger",
  more: "mehr",
  time: "Druckzeit",
  weight: "Gewicht",
  save: "Speichern",
  send: "An den Drucker",
  letters: (now, most) => `${now} von ${most} Zeichen`,
  budget: "Das ist dein Anteil heute.",
  guessed: "Die Zahlen sind geschätzt.",
  measured: "Die Zahlen kommen vom Druckprogramm.",
  fits: "passt",
  tooMuch: "zu viel",
  minutes: "Minuten",
  restored: "Deine Werte von vorhin sind wieder da.",
};

const AROUND = ["von vorn", "von vorn rechts", "von rechts", "von hinten rechts", "von hinten", "von hinten links", "von links", "von vorn links"];

export function german(number, digits = 1) {
  return number.toFixed(digits).replace(/\.0+$/, "").replace(".", ",");
}

// Say where the eye is: azimuth 0 looks from the front, 90 from the right; height in degrees above the plate.
export function standpoint(azimuth, height) {
  if (height > 80) return "Blick von oben";
  if (height < -80) return "Blick von unten";
  const side = AROUND[Math.round((((azimuth % 360) + 360) % 360) / 45) % 8];
  const tilt = Math.round(height);
  if (tilt === 0) return `Blick ${side}`;
  return `Blick ${side}, ${Math.abs(tilt)} Grad ${tilt > 0 ? "von oben" : "von unten"}`;
}
