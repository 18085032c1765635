/** The few words the desktop program says itself, outside the page, in the languages of the page. */
import { type Language, languageIn } from '../shared/words/form.ts';

const english = {
  open: 'Open Printfloor',
  quit: 'Quit Printfloor',
  running: 'Printfloor is running',
  chooseFolder: 'Choose a folder',
  notStarted: 'Printfloor cannot work yet',
  keepsTrying: 'It tries again by itself.',
  brokenSettings: 'The settings of this machine cannot be read. Repair the file, or delete it to begin anew.',
  otherSession:
    'Printfloor runs already in another session of this account: its window was brought to the front there. Go back to that session, or quit Printfloor there and start it again here.',
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
  otherSession:
    'Printfloor läuft schon in einer anderen Sitzung dieses Kontos: dort ist sein Fenster jetzt vorn. In jene Sitzung wechseln, oder Printfloor dort beenden und hier neu starten.',
};

const french: Words = {
  open: 'Ouvrir Printfloor',
  quit: 'Quitter Printfloor',
  running: 'Printfloor est en marche',
  chooseFolder: 'Choisir un dossier',
  notStarted: 'Printfloor ne peut pas encore travailler',
  keepsTrying: 'Il réessaie tout seul.',
  brokenSettings: "Les réglages de cet ordinateur sont illisibles. Réparer le fichier, ou l'effacer pour recommencer à neuf.",
  otherSession:
    'Printfloor tourne déjà dans une autre session de ce compte : sa fenêtre y est passée au premier plan. Retourner dans cette session, ou y quitter Printfloor et le relancer ici.',
};

const spanish: Words = {
  open: 'Abrir Printfloor',
  quit: 'Salir de Printfloor',
  running: 'Printfloor está en marcha',
  chooseFolder: 'Elegir una carpeta',
  notStarted: 'Printfloor todavía no puede trabajar',
  keepsTrying: 'Lo intenta otra vez por sí solo.',
  brokenSettings: 'No se pueden leer los ajustes de este ordenador. Reparar el archivo, o borrarlo para empezar de nuevo.',
  otherSession:
    'Printfloor ya está en marcha en otra sesión de esta cuenta: allí su ventana ha pasado al frente. Volver a esa sesión, o salir allí de Printfloor e iniciarlo aquí.',
};

const tables: Readonly<Record<Language, Words>> = { en: english, de: german, fr: french, es: spanish };

/** `locale` as the system names it: "de-AT" is German. */
export function wordsFor(locale: string): Words {
  return tables[languageIn(locale) ?? 'en'];
}
