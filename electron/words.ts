/** The few words the desktop program says itself, outside the page, in the languages of the page. */

const english = {
  open: 'Open Printfloor',
  quit: 'Quit Printfloor',
  running: 'Printfloor is running',
  chooseFolder: 'Choose a folder',
  notStarted: 'Printfloor cannot work yet',
  keepsTrying: 'It tries again by itself.',
  brokenSettings: 'The settings of this machine cannot be read. Repair the file, or delete it to begin anew.',
};
export type Words = Readonly<typeof english>;

const german: Words = {
  open: 'Printfloor öffnen',
  quit: 'Printfloor beenden',
  running: 'Printfloor läuft',
  chooseFolder: 'Ordner wählen',
  notStarted: 'Printfloor kann noch nicht arbeiten',
  keepsTrying: 'Es versucht es von selbst wieder.',
  brokenSettings: 'Die Einstellungen dieses Rechners sind nicht lesbar. Die Datei reparieren, oder löschen und neu beginnen.',
};

/** `locale` as the system names it: "de-AT" is German. */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('de') ? german : english;
}
