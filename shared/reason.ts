/**
 * Every reason a file, a delivery or a folder can be in trouble: one table, read by the engine (what to do) and by
 * the screens and reports (what to say). A code never changes once it is in a history.
 */
import type { Language } from './status.ts';

/**
 * - `retry`: passes by itself, tried again with growing pauses, reported after the last try
 * - `wait`: nothing but a person can end it; the work waits and goes on by itself once the cause is gone
 * - `final`: trying again cannot help; the job or file fails
 */
export type Remedy = 'retry' | 'wait' | 'final';

/** Whose fault it is: a `hub` fault stops recording and with it everything; a `folder` fault pauses the folder for all jobs and is no failure of any of them. */
export type FaultOf = 'folder' | 'job' | 'arrival' | 'hub';

export type ReasonEntry = {
  readonly of: FaultOf;
  readonly remedy: Remedy;
  /** One sentence for the shop floor: what is wrong. */
  readonly what: Readonly<Record<Language, string>>;
  /** One sentence: what to do now. */
  readonly todo: Readonly<Record<Language, string>>;
};

function entry(of: FaultOf, remedy: Remedy, en: string, enTodo: string, de: string, deTodo: string): ReasonEntry {
  return { of, remedy, what: { en, de }, todo: { en: enTodo, de: deTodo } };
}

export const reasons = {
  // The folder itself
  FolderMissing: entry(
    'folder',
    'retry',
    'The hot folder cannot be found.',
    'Switch the share or printer on, or correct the path. Printing goes on by itself.',
    'Der Hotfolder ist nicht zu finden.',
    'Freigabe oder Drucker einschalten oder den Pfad berichtigen. Danach geht es von selbst weiter.',
  ),
  NotAFolder: entry(
    'folder',
    'retry',
    'A file stands where the hot folder must be.',
    'Correct the path, or move the file away. Printing goes on by itself.',
    'Wo der Hotfolder sein muss, liegt eine Datei.',
    'Den Pfad berichtigen oder die Datei wegräumen. Danach geht es von selbst weiter.',
  ),
  ShareOff: entry(
    'folder',
    'retry',
    'The share is off.',
    'Switch it on or check the network. Printing goes on by itself.',
    'Die Freigabe ist nicht erreichbar.',
    'Einschalten oder das Netzwerk prüfen. Danach geht es von selbst weiter.',
  ),
  NotTheShare: entry(
    'folder',
    'retry',
    'The folder is there, but the share behind it is not.',
    'Connect the share again. Nothing is written until its marker file is seen.',
    'Der Ordner ist da, aber die Freigabe dahinter nicht.',
    'Freigabe neu verbinden. Bis die Markierungsdatei zu sehen ist, wird nichts geschrieben.',
  ),
  MarkerGone: entry(
    'folder',
    'retry',
    'The folder is there, but our own files beside it were removed.',
    'If this is the right folder, probe it: that puts them back.',
    'Der Ordner ist da, aber unsere eigenen Dateien daneben wurden entfernt.',
    'Wenn es der richtige Ordner ist, ihn prüfen lassen: Das stellt sie wieder her.',
  ),
  OtherHub: entry(
    'folder',
    'wait',
    'Another Printfloor works in this folder.',
    'Let only one of them use it: choose another folder, or remove it there, or take it over here.',
    'Ein anderes Printfloor arbeitet in diesem Ordner.',
    'Nur eines darf ihn benutzen: einen anderen Ordner wählen, ihn dort entfernen oder ihn hier übernehmen.',
  ),
  OtherFolder: entry(
    'folder',
    'wait',
    'Another folder lies where the hot folder was.',
    'Put the hot folder back in its place, or connect its share again. Only if this is the right one, let an admin say so: then it is used from now on.',
    'An der Stelle des Hotfolders liegt ein anderer Ordner.',
    'Den Hotfolder an seinen Platz zurücklegen oder seine Freigabe neu verbinden. Nur wenn es der richtige ist, das als Admin sagen: Dann gilt er von nun an.',
  ),
  FoldersOverlap: entry(
    'folder',
    'wait',
    'This folder and another one of the hub contain one another; it is not worked on.',
    'Give each of them a folder of its own, then save it anew.',
    'Dieser Ordner und ein anderer des Hubs liegen ineinander; er wird nicht bearbeitet.',
    'Jedem einen eigenen Ordner geben und neu speichern.',
  ),
  ShareHangs: entry(
    'folder',
    'retry',
    'The share does not answer.',
    'Check the server behind it. Printing goes on by itself.',
    'Die Freigabe antwortet nicht.',
    'Den Server dahinter prüfen. Danach geht es von selbst weiter.',
  ),
  DiskFull: entry(
    'folder',
    'wait',
    'The disk of the hot folder is full.',
    'Make room there. Printing goes on by itself.',
    'Der Datenträger des Hotfolders ist voll.',
    'Dort Platz schaffen. Danach geht es von selbst weiter.',
  ),
  NoPermission: entry(
    'folder',
    'wait',
    'This computer may not write to the hot folder.',
    'Give it the right to write there. Printing goes on by itself.',
    'Dieser Rechner darf nicht in den Hotfolder schreiben.',
    'Schreibrecht dort geben. Danach geht es von selbst weiter.',
  ),
  ReadOnly: entry(
    'folder',
    'wait',
    'The disk of the hot folder is read-only.',
    'Make it writable. Printing goes on by itself.',
    'Der Datenträger des Hotfolders ist schreibgeschützt.',
    'Schreibbar machen. Danach geht es von selbst weiter.',
  ),
  DiskError: entry(
    'folder',
    'retry',
    'The disk of the hot folder reports an error.',
    'Check the disk or the share.',
    'Der Datenträger des Hotfolders meldet einen Fehler.',
    'Datenträger oder Freigabe prüfen.',
  ),
  // One delivery
  FileBusy: entry(
    'job',
    'retry',
    'Another program holds the file.',
    'Close it there, or wait.',
    'Ein anderes Programm hält die Datei fest.',
    'Dort schließen oder warten.',
  ),
  CopyDiffers: entry(
    'job',
    'retry',
    'What arrived in the hot folder was not what was sent; it was removed.',
    'Check the network and the disk if it happens again.',
    'Im Hotfolder kam etwas anderes an als gesendet; es wurde entfernt.',
    'Bei Wiederholung Netzwerk und Datenträger prüfen.',
  ),
  NameTaken: entry(
    'job',
    'retry',
    'Another file with this name already lies in the hot folder.',
    'Let the printer take it, or remove it.',
    'Im Hotfolder liegt schon eine andere Datei mit diesem Namen.',
    'Den Drucker sie abholen lassen oder sie entfernen.',
  ),
  SourceChanged: entry(
    'job',
    'retry',
    'The print file changed while it was being copied.',
    'Nothing to do: the new content is read first.',
    'Die Druckdatei änderte sich während des Kopierens.',
    'Nichts zu tun: Zuerst wird der neue Inhalt gelesen.',
  ),
  SourceMissing: entry(
    'job',
    'final',
    'The print file is gone.',
    'Put the file into the incoming folder again.',
    'Die Druckdatei ist verschwunden.',
    'Die Datei erneut in den Eingangsordner legen.',
  ),
  NameTooLong: entry(
    'job',
    'final',
    'The file name is too long for the hot folder.',
    'Shorten the file name template of this hot folder.',
    'Der Dateiname ist zu lang für den Hotfolder.',
    'Die Namensvorlage dieses Hotfolders kürzen.',
  ),
  NameNotAllowed: entry(
    'job',
    'final',
    'The hot folder does not allow this file name.',
    'Change the file name template of this hot folder.',
    'Der Hotfolder erlaubt diesen Dateinamen nicht.',
    'Die Namensvorlage dieses Hotfolders ändern.',
  ),
  TypeNotAccepted: entry(
    'job',
    'final',
    'This printer does not take files of this type.',
    'Send it to another hot folder, or change what this one accepts.',
    'Dieser Drucker nimmt diese Dateiart nicht an.',
    'An einen anderen Hotfolder senden oder die Einstellung ändern.',
  ),
  FileTooLarge: entry(
    'job',
    'final',
    'The file is larger than the disk of the hot folder allows.',
    'Use another disk or a smaller file.',
    'Die Datei ist größer, als der Datenträger des Hotfolders erlaubt.',
    'Anderen Datenträger oder kleinere Datei verwenden.',
  ),
  DeliveryUncertain: entry(
    'job',
    'wait',
    'The program stopped in the very moment of handing the file over, and the file is gone.',
    'Look at the printer: press Printed if it came, or Send again if not.',
    'Das Programm endete genau bei der Übergabe, und die Datei ist fort.',
    'Am Drucker nachsehen: Gedruckt drücken, wenn sie kam, sonst Erneut senden.',
  ),
  WentOutAnyway: entry(
    'job',
    'wait',
    'The job was blocked or cancelled in the very moment its file was handed over: the file lies in the hot folder.',
    'Look at the printer: remove the file there, or let it print.',
    'Der Auftrag wurde genau bei der Übergabe gesperrt oder zurückgezogen: Die Datei liegt im Hotfolder.',
    'Am Drucker nachsehen: Die Datei dort entfernen oder drucken lassen.',
  ),
  WaitsForFirst: entry(
    'job',
    'wait',
    'It was sent again in the very moment its first copy was handed over: it waits until it is known whether that one went out.',
    'Nothing to do: if the first went out, this one is not sent. If it takes too long, send it again and say that it may come out twice.',
    'Sie wurde genau bei der Übergabe der ersten noch einmal gesendet und wartet, bis klar ist, ob diese hinausging.',
    'Nichts zu tun: Ging die erste hinaus, wird diese nicht gesendet. Dauert es zu lange, noch einmal senden und sagen, dass sie zweimal kommen darf.',
  ),
  SentBeforeTicket: entry(
    'job',
    'wait',
    'The file is at the printer, though the order is not to be made yet.',
    'Look what the order waits for; then take the file away at the printer, or let the order go on.',
    'Die Datei ist beim Drucker, obwohl der Auftrag noch nicht gefertigt werden soll.',
    'Nachsehen, worauf der Auftrag wartet; dann die Datei am Drucker wegnehmen oder den Auftrag weitergehen lassen.',
  ),
  TicketSaysApproved: entry(
    'job',
    'wait',
    'Its ticket says that it is approved, but here it was rejected, or it has changed since.',
    'Look at the artwork, then approve or reject it.',
    'Laut Ticket ist er freigegeben, hier wurde er aber abgelehnt oder seitdem geändert.',
    'Die Druckdaten ansehen, dann freigeben oder ablehnen.',
  ),
  ChangedAfterSent: entry(
    'job',
    'wait',
    'Its ticket changed the product or the quantity after the file had gone to the printer.',
    'Look at the printer whether it is made as the ticket says now: make the rest or make it again, then press Printed.',
    'Das Ticket hat Produkt oder Auflage geändert, nachdem die Datei zum Drucker gegangen war.',
    'Am Drucker nachsehen, ob es so gefertigt wird, wie das Ticket jetzt sagt: den Rest oder neu fertigen, dann Gedruckt drücken.',
  ),
  OneFileFailed: entry(
    'job',
    'wait',
    'One file of this job did not get into its hot folder, though another one did.',
    'Mend what is said of that file, then send it again. If the job needs no more than what was printed, press Printed.',
    'Eine Datei dieses Jobs kam nicht in ihren Hotfolder, eine andere aber schon.',
    'Beheben, was bei dieser Datei steht, dann erneut senden. Reicht dem Job, was gedruckt ist, Gedruckt drücken.',
  ),
  SentElsewhere: entry(
    'job',
    'wait',
    'The file was sent before its ticket said so much: now the rules choose another hot folder.',
    'Look at the printer: take the file away and send it again, or let it print there and press Printed.',
    'Die Datei wurde gesendet, bevor das Ticket alles sagte: Jetzt wählen die Regeln einen anderen Hotfolder.',
    'Am Drucker nachsehen: Die Datei wegnehmen und erneut senden, oder dort drucken lassen und Gedruckt drücken.',
  ),
  OtherContent: entry(
    'job',
    'wait',
    'The file in the hot folder is not the one that was sent: somebody changed or replaced it.',
    'Take it out before it is printed, then send the job again.',
    'Die Datei im Hotfolder ist nicht die gesendete: Jemand hat sie geändert oder ersetzt.',
    'Herausnehmen, bevor sie gedruckt wird, dann den Auftrag erneut senden.',
  ),
  FirstCopyLies: entry(
    'job',
    'wait',
    'The copy sent before still lies in the hot folder; the new one waits until it is gone, and is then sent too.',
    'Take the first one out if only the new one is to be printed. If the first one is enough, press Printed once it is printed: the new one is then not sent.',
    'Die zuvor gesendete Datei liegt noch im Hotfolder; die neue wartet, bis sie fort ist, und wird dann auch gesendet.',
    'Die erste herausnehmen, wenn nur die neue gedruckt werden soll. Genügt die erste, Gedruckt drücken, sobald sie gedruckt ist: Dann wird die neue nicht gesendet.',
  ),
  LiesThoughStopped: entry(
    'job',
    'wait',
    'The job must not be printed, and its file lies in the hot folder: the printer may take it any moment.',
    'Take the file out of the hot folder. Send it again when the job may go on.',
    'Der Auftrag darf nicht gedruckt werden, und seine Datei liegt im Hotfolder: Der Drucker kann sie jeden Moment abholen.',
    'Die Datei aus dem Hotfolder nehmen. Erneut senden, wenn der Auftrag weitergehen darf.',
  ),
  GoneThoughStopped: entry(
    'job',
    'wait',
    'The job must not be printed, and its file is gone from the hot folder: the printer may be printing it.',
    'Stop it at the printer, unless somebody took the file out by hand.',
    'Der Auftrag darf nicht gedruckt werden, und seine Datei liegt nicht mehr im Hotfolder: Vielleicht druckt der Drucker sie gerade.',
    'Am Drucker anhalten, außer wenn jemand die Datei von Hand herausgenommen hat.',
  ),
  OutOfSight: entry(
    'job',
    'wait',
    'The folder in which the file lay can no longer be seen.',
    'Look at the printer: press Printed if it came, or Send again if not.',
    'Der Ordner, in dem die Datei lag, ist nicht mehr zu sehen.',
    'Am Drucker nachsehen: Gedruckt drücken, wenn sie kam, sonst Erneut senden.',
  ),
  UnknownError: entry(
    'job',
    'retry',
    'The file could not be copied.',
    'Look at the raw error, or ask the admin.',
    'Die Datei konnte nicht kopiert werden.',
    'Den Originalfehler ansehen oder den Admin fragen.',
  ),
  // What lies before a person
  NoRuleFits: entry(
    'job',
    'wait',
    'No rule says which printer this job belongs to.',
    'Choose a printer, or add a rule.',
    'Keine Regel sagt, zu welchem Drucker dieser Auftrag gehört.',
    'Drucker wählen oder Regel anlegen.',
  ),
  HotFolderGone: entry(
    'job',
    'wait',
    'The hot folder this job was meant for no longer exists.',
    'Choose a printer, or change the rule.',
    'Den Hotfolder für diesen Auftrag gibt es nicht mehr.',
    'Drucker wählen oder die Regel ändern.',
  ),
  StillLyingThere: entry(
    'job',
    'wait',
    'The file still lies in the hot folder; the printer has not taken it.',
    'Look whether the printer is on and watching this folder.',
    'Die Datei liegt noch im Hotfolder; der Drucker hat sie nicht abgeholt.',
    'Prüfen, ob der Drucker läuft und diesen Ordner überwacht.',
  ),
  PrinterRefused: entry(
    'job',
    'wait',
    'The printer refused the file.',
    'Read what the printer wrote, mend the file, then send it again.',
    'Der Drucker hat die Datei abgelehnt.',
    'Die Meldung des Druckers lesen, Datei berichtigen, dann erneut senden.',
  ),
  WhoseOutcome: entry(
    'job',
    'wait',
    'A file that a printer has put aside may be of this job or of another: several hot folders share that outcome folder.',
    'Look at the printer what became of the job, and say so. With an outcome folder for each hot folder the program can tell.',
    'Eine Datei, die ein Drucker abgelegt hat, kann von diesem Auftrag sein oder von einem anderen: Mehrere Hotfolder teilen sich diesen Ergebnisordner.',
    'Am Drucker nachsehen, was aus dem Auftrag geworden ist, und es eintragen. Mit einem eigenen Ergebnisordner je Hotfolder weiß es das Programm selbst.',
  ),
  NewVersionHeld: entry(
    'job',
    'wait',
    'A new version came after an earlier one had been sent to the printer.',
    'Send the new version if it must be printed too.',
    'Eine neue Version kam, nachdem eine frühere schon beim Drucker war.',
    'Die neue Version senden, wenn auch sie gedruckt werden soll.',
  ),
  PutByHand: entry(
    'job',
    'wait',
    'A file of this job was put into a hot folder by hand or by another program. This one was not sent, so that nothing is printed twice.',
    'Send it if it must be printed too. If the other one is enough, press Printed once that is printed.',
    'Eine Datei dieses Auftrags wurde von Hand oder von einem anderen Programm in einen Hotfolder gelegt. Diese wurde nicht gesendet, damit nichts doppelt gedruckt wird.',
    'Senden, wenn auch sie gedruckt werden soll. Genügt die andere, Gedruckt drücken, sobald diese gedruckt ist.',
  ),
  NameContract: entry(
    'job',
    'wait',
    'The file name does not begin with LETTER_ORDER_JOB_: the web-to-print system will not learn about this job.',
    'Correct the file name template of the hot folder, then send.',
    'Der Dateiname beginnt nicht mit BUCHSTABE_AUFTRAG_JOB_: Das Web-to-Print-System erfährt nichts von diesem Auftrag.',
    'Die Namensvorlage des Hotfolders berichtigen, dann senden.',
  ),
  WhoseFile: entry(
    'job',
    'wait',
    'A file came, and it is not clear whether it belongs to this job.',
    'Say which job it belongs to. It is kept until then, and printed for nobody.',
    'Eine Datei kam, und es ist nicht klar, ob sie zu diesem Auftrag gehört.',
    'Sagen, zu welchem Auftrag sie gehört. Bis dahin wird sie aufgehoben und für niemanden gedruckt.',
  ),
  SeenOtherwise: entry(
    'job',
    'wait',
    'What was seen at the printer does not fit what was said of the job.',
    'Look at the printer, then say where the job is.',
    'Was am Drucker zu sehen war, passt nicht zu dem, was über den Auftrag gesagt wurde.',
    'Am Drucker nachsehen und dann sagen, wo der Auftrag ist.',
  ),
  MadeByHand: entry(
    'job',
    'wait',
    'A file came for a job that somebody makes, or made, without it; it was not sent.',
    'Send it if it must be printed too.',
    'Eine Datei kam für einen Auftrag, den jemand ohne sie herstellt oder hergestellt hat; sie wurde nicht gesendet.',
    'Senden, wenn auch sie gedruckt werden soll.',
  ),
  UnknownTask: entry(
    'job',
    'wait',
    'A newer version of the program left work for this job that this one does not know.',
    'Start the newer version again; until then the work waits.',
    'Eine neuere Version des Programms hat für diesen Auftrag Arbeit hinterlassen, die diese nicht kennt.',
    'Die neuere Version wieder starten; bis dahin wartet die Arbeit.',
  ),
  TaskFails: entry(
    'job',
    'retry',
    'Something that is due for this job could not be done in many tries.',
    'The history says what it is and what is in the way. It is tried on and is done by itself once it can be.',
    'Etwas, das für diesen Auftrag fällig ist, ließ sich in vielen Versuchen nicht erledigen.',
    'Im Verlauf steht, was es ist und was im Weg steht. Es wird weiter versucht und erledigt sich, sobald es geht.',
  ),
  // The hub's own record
  RecordFull: entry(
    'hub',
    'wait',
    'The disk of the hub is full: nothing can be recorded, and nothing is delivered.',
    'Make room on the disk of the data folder. Everything goes on by itself.',
    'Der Datenträger des Hubs ist voll: Nichts kann festgehalten werden, und nichts wird übergeben.',
    'Auf dem Datenträger des Datenordners Platz schaffen. Danach geht alles von selbst weiter.',
  ),
  RecordHeld: entry(
    'hub',
    'wait',
    'Another program holds the database: nothing can be recorded, and nothing is delivered.',
    'Close the program that has the database open, such as a backup. Everything goes on by itself.',
    'Ein anderes Programm hält die Datenbank fest: Nichts kann festgehalten werden, und nichts wird übergeben.',
    'Das Programm schließen, das die Datenbank geöffnet hat, etwa eine Sicherung. Danach geht alles von selbst weiter.',
  ),
  RecordBroken: entry(
    'hub',
    'final',
    'The disk of the database reports an error: nothing more is recorded until the program is started again.',
    'Check the disk, then start the program again. What was not recorded is taken up anew.',
    'Der Datenträger der Datenbank meldet einen Fehler: Bis zum nächsten Start wird nichts mehr festgehalten.',
    'Den Datenträger prüfen, dann das Programm neu starten. Was nicht festgehalten wurde, wird neu aufgenommen.',
  ),
  // Arrivals
  TooDeep: entry(
    'arrival',
    'wait',
    'Something lies too deep: only the incoming folder and its sub-folders, one level down, are watched.',
    'Move the files up, into the incoming folder or one of its sub-folders.',
    'Hier liegt etwas zu tief: Überwacht werden nur der Eingangsordner und seine Unterordner, eine Ebene tief.',
    'Die Dateien nach oben legen, in den Eingangsordner oder einen seiner Unterordner.',
  ),
  EmptyFile: entry(
    'arrival',
    'final',
    'The file is empty.',
    'Export it again and put it into the incoming folder.',
    'Die Datei ist leer.',
    'Neu exportieren und in den Eingangsordner legen.',
  ),
  NotWhole: entry(
    'arrival',
    'final',
    'The file has no end: it was cut off.',
    'Copy the whole file again.',
    'Der Datei fehlt das Ende: Sie wurde abgeschnitten.',
    'Die ganze Datei noch einmal kopieren.',
  ),
  NotWhatItSays: entry(
    'arrival',
    'final',
    'The content is not what the file name says.',
    'Check the file in the program that made it.',
    'Der Inhalt passt nicht zum Dateinamen.',
    'Die Datei im Ursprungsprogramm prüfen.',
  ),
  TypeUnknown: entry(
    'arrival',
    'final',
    'No hot folder accepts files of this type.',
    'Convert it, or let a hot folder accept this type.',
    'Kein Hotfolder nimmt diese Dateiart an.',
    'Umwandeln oder einen Hotfolder diese Art annehmen lassen.',
  ),
  HostileName: entry(
    'arrival',
    'final',
    'The file name has characters or a form that is not safe.',
    'Rename it with plain letters and digits.',
    'Der Dateiname enthält unsichere Zeichen oder eine unsichere Form.',
    'Mit einfachen Buchstaben und Ziffern umbenennen.',
  ),
  NotAPlainFile: entry(
    'arrival',
    'final',
    'This is a link or a device, not a plain file.',
    'Copy the file itself.',
    'Das ist eine Verknüpfung oder ein Gerät, keine einfache Datei.',
    'Die Datei selbst kopieren.',
  ),
  Unreadable: entry(
    'arrival',
    'wait',
    'The file cannot be opened.',
    'Give this computer the right to read it, or close the program that holds it.',
    'Die Datei lässt sich nicht öffnen.',
    'Leserecht geben oder das Programm schließen, das sie festhält.',
  ),
  BrokenTicket: entry(
    'arrival',
    'final',
    'The ticket cannot be read.',
    'Correct it as the details say.',
    'Das Ticket ist nicht lesbar.',
    'Wie in den Einzelheiten angegeben berichtigen.',
  ),
  HostileTicket: entry(
    'arrival',
    'final',
    'The ticket contains something that is not allowed.',
    'Correct it as the details say.',
    'Das Ticket enthält etwas Unerlaubtes.',
    'Wie in den Einzelheiten angegeben berichtigen.',
  ),
  TicketTooLarge: entry(
    'arrival',
    'final',
    'The ticket is too large to be one.',
    'Check what was dropped here.',
    'Das Ticket ist zu groß.',
    'Prüfen, was hier abgelegt wurde.',
  ),
} as const satisfies Record<string, ReasonEntry>;

export type ReasonCode = keyof typeof reasons;

export const reasonCodes = Object.keys(reasons) as [ReasonCode, ...ReasonCode[]];

export function reasonEntry(code: ReasonCode): ReasonEntry {
  return reasons[code];
}

export function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(reasons, text);
}
