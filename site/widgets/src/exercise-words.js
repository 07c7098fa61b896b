// What an exercise's page says.
export const WORDS = {
  program: "Dein Programm", start: "Starten", check: "Prüfen", stop: "Stopp", reset: "Programm von vorn", download: "main.py laden",
  keys: "Tab rückt ein. Mit Esc und dann Tab kommst du aus dem Feld.",
  kept: "Dein Programm bleibt nur in diesem Browser gespeichert. Wir bekommen es nicht.",
  notKept: "Dein Browser speichert hier nichts. Lade dein Programm, bevor du die Seite schließt.",
  running: "Dein Board rechnet …", checking: "Dein Programm wird geprüft …", stopped: "Gestoppt.",
  sure: "Dein Programm wird gelöscht, und der Anfang steht wieder da. Willst du das?", yes: "Ja, von vorn", no: "Nein, behalten",
  resetDone: "Hier steht wieder der Anfang.",
  passed: "Geschafft!", allRight: "Dein Programm macht alles richtig.", notYet: "Noch nicht.",
  expected: "Erwartet", happened: "Passiert", hint: "Tipp", more: "Noch ein Tipp", technical: "MicroPython sagt:",
  shown: "Dein Board zeigt, was es bei der Prüfung gemacht hat.",
  board: "Dein Board",
  folder: "Diese Seite ist aus einem Ordner geöffnet. Schreiben kannst du hier schon. Zum Starten und Prüfen brauchst du die Seite vom Makerwagen, oder das Notebook auf dem Laptop.",
  noWorker: "Dein Browser kann das Board hier nicht spielen. Nimm einen neueren, oder das Notebook auf dem Laptop.",
  noAnswer: "Das hat nicht geklappt. Lade die Seite neu und versuch es noch einmal.",
};
