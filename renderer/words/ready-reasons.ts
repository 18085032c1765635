/**
 * The ready-made reasons, whichever language they were picked in: what a button said is shown in the language of the screen, a person's own
 * text stays as it was typed. All languages are at hand, since stations of one shop may differ. Pure.
 */
import type { Language } from '../../shared/words/form.ts';

type Ready = Readonly<
  Record<'block' | 'sendAgain' | 'reprint' | 'release' | 'goOn' | 'chooseFolder' | 'seenTo', readonly [string, ...string[]]>
>;

/** Each stands at the same place in every language. */
export const readyReasons: Readonly<Record<Language, Ready>> = {
  en: {
    block: ['Wrong paper', 'Wrong colours', 'Question to the customer', 'Machine out of order'],
    sendAgain: ['Spoiled sheets', 'Printer lost it', 'Wrong settings', 'File was mended'],
    reprint: ['Spoilt pieces', 'Too few good ones', 'Lost or damaged', 'Customer complained'],
    release: ['Question is answered', 'Fault is mended'],
    goOn: ['Done by hand', 'Supervisor agreed'],
    chooseFolder: ['Choose printer'],
    seenTo: ['What lies in the hot folder is seen to'],
  },
  de: {
    block: ['Falsches Papier', 'Falsche Farben', 'Rückfrage beim Kunden', 'Maschine gestört'],
    sendAgain: ['Makulatur', 'Drucker hat ihn verloren', 'Falsche Einstellungen', 'Datei wurde berichtigt'],
    reprint: ['Ausschuss', 'Zu wenig gute', 'Verloren oder beschädigt', 'Reklamation'],
    release: ['Rückfrage ist geklärt', 'Fehler ist behoben'],
    goOn: ['Von Hand erledigt', 'Leitung hat zugestimmt'],
    chooseFolder: ['Drucker wählen'],
    seenTo: ['Was im Hotfolder liegt, ist erledigt'],
  },
  fr: {
    block: ['Mauvais papier', 'Mauvaises couleurs', 'Question au client', 'Machine en panne'],
    sendAgain: ['Feuilles gâchées', "Perdu par l'imprimante", 'Mauvais réglages', 'Fichier corrigé'],
    reprint: ['Exemplaires gâchés', 'Trop peu de bonnes', 'Perdu ou abîmé', 'Réclamation du client'],
    release: ['Le client a répondu', 'Défaut corrigé'],
    goOn: ['Fait à la main', "Accord du chef d'atelier"],
    chooseFolder: ["Choisir l'imprimante"],
    seenTo: ['Ce qui est dans le hot folder est réglé'],
  },
  es: {
    block: ['Papel equivocado', 'Colores equivocados', 'Consulta al cliente', 'Máquina averiada'],
    sendAgain: ['Pliegos estropeados', 'La impresora lo perdió', 'Ajustes equivocados', 'Archivo corregido'],
    reprint: ['Ejemplares estropeados', 'Pocos buenos', 'Perdido o dañado', 'Reclamación del cliente'],
    release: ['Consulta resuelta', 'Fallo corregido'],
    goOn: ['Hecho a mano', 'El encargado está de acuerdo'],
    chooseFolder: ['Elegir impresora'],
    seenTo: ['Lo que hay en la carpeta activa está resuelto'],
  },
};

const listOf = (ready: Ready): readonly string[] => Object.values(ready).flat();

/** The same reason in the language of the screen. */
export function reasonIn(language: Language, reason: string): string {
  for (const ready of Object.values(readyReasons)) {
    const at = listOf(ready).indexOf(reason);
    if (at >= 0) return listOf(readyReasons[language])[at] ?? reason;
  }
  return reason;
}
