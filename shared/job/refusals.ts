/** Why something may not be said of a job now, and what to do instead: one table, in both languages, for the hub and the screens. */
import type { Language } from '../status.ts';

export type Words = Readonly<Record<Language, string>>;

export type RefusalEntry = {
  readonly why: Words;
  readonly whatToDo: Words;
  /** A person may go on all the same, with a reason. */
  readonly mayInsist: boolean;
};

function refusal(mayInsist: boolean, en: string, enTodo: string, de: string, deTodo: string): RefusalEntry {
  return { mayInsist, why: { en, de }, whatToDo: { en: enTodo, de: deTodo } };
}

export const refusals = {
  onlyTheProgram: refusal(
    false,
    'Only the program itself can say this, when it has done or seen it.',
    'Ask the program to do it, for example with Send again; it then says so itself.',
    'Das kann nur das Programm selbst sagen, wenn es das getan oder gesehen hat.',
    'Das Programm darum bitten, zum Beispiel mit Erneut senden; dann sagt es das selbst.',
  ),
  onlyAdmin: refusal(
    false,
    'Only the admin, or another system with the admin token, can say this.',
    'Ask the admin.',
    'Das kann nur der Admin sagen oder ein anderes System mit dem Admin-Token.',
    'Den Admin fragen.',
  ),
  blocked: refusal(
    false,
    'The job is blocked.',
    'Read why, then release it first.',
    'Der Auftrag ist gesperrt.',
    'Den Grund lesen und ihn zuerst freigeben.',
  ),
  blockedAlready: refusal(
    false,
    'The job is blocked already.',
    'Release it first to block it for another reason.',
    'Der Auftrag ist schon gesperrt.',
    'Zuerst freigeben, um ihn aus anderem Grund zu sperren.',
  ),
  notOrdered: refusal(
    true,
    'The order is not released for production yet.',
    'Wait until it is ordered and approved, or ask who took the order.',
    'Der Auftrag ist noch nicht für die Produktion frei.',
    'Warten, bis er bestellt und freigegeben ist, oder bei der Auftragsannahme fragen.',
  ),
  notApproved: refusal(
    true,
    'The artwork is not approved.',
    'Get the approval first.',
    'Die Druckdaten sind nicht freigegeben.',
    'Zuerst die Freigabe einholen.',
  ),
  notPrinted: refusal(
    true,
    'The job is not printed yet.',
    'Press Printed first if it is, or look where it is.',
    'Der Auftrag ist noch nicht gedruckt.',
    'Wenn doch, zuerst Gedruckt drücken; sonst nachsehen, wo er ist.',
  ),
  notReady: refusal(
    true,
    'The job is not ready for collection.',
    'Put it on a shelf and scan it as ready first.',
    'Der Auftrag ist nicht abholbereit.',
    'Zuerst ins Regal legen und als abholbereit scannen.',
  ),
  printedAlready: refusal(
    true,
    'The job is printed already.',
    'Look where it is now, and stop it there.',
    'Der Auftrag ist schon gedruckt.',
    'Nachsehen, wo er jetzt ist, und ihn dort anhalten.',
  ),
  goneAlready: refusal(
    false,
    'The job has left the house.',
    'Begin a new job if it must be made again.',
    'Der Auftrag ist aus dem Haus.',
    'Einen neuen Auftrag anlegen, wenn er noch einmal hergestellt werden muss.',
  ),
  furtherAlready: refusal(
    true,
    'The job has come further than this.',
    'Take the last step back if it was wrong, or say why it goes back.',
    'Der Auftrag ist schon weiter.',
    'Den letzten Schritt zurücknehmen, wenn er falsch war, oder sagen, warum er zurückgeht.',
  ),
  handedOutAlready: refusal(
    false,
    'It was handed out already.',
    'Ask who handed it out before anything leaves the house.',
    'Er wurde schon ausgegeben.',
    'Nachfragen, wer ihn ausgegeben hat, bevor etwas das Haus verlässt.',
  ),
  noStartDate: refusal(
    false,
    'The job has no start date that lies ahead.',
    'Send its ticket again with a start date.',
    'Der Auftrag hat kein Startdatum, das noch kommt.',
    'Das Ticket noch einmal mit einem Startdatum senden.',
  ),
  partOfAnother: refusal(
    false,
    'This job is part of another one by now.',
    'Do it there: its history says which it is, and what became of its files.',
    'Dieser Auftrag gehört inzwischen zu einem anderen.',
    'Dort tun: Sein Verlauf sagt, welcher es ist und was aus seinen Dateien wurde.',
  ),
  // Sending it to a printer
  sendUnordered: refusal(
    false,
    'The order is not released for production yet, so it is not sent to a printer.',
    'Approve it, or set it to Ordered, then send it.',
    'Der Auftrag ist noch nicht für die Produktion frei und geht deshalb zu keinem Drucker.',
    'Zuerst freigeben oder auf Bestellt setzen, dann senden.',
  ),
  sendUnapproved: refusal(
    false,
    'The artwork is not approved, so it is not sent to a printer.',
    'Get the approval first, then send it.',
    'Die Druckdaten sind nicht freigegeben und gehen deshalb zu keinem Drucker.',
    'Zuerst die Freigabe einholen, dann senden.',
  ),
  sendIncomplete: refusal(
    false,
    'Files of the job are still missing.',
    'Put the missing files into the incoming folder.',
    'Dem Auftrag fehlen noch Dateien.',
    'Die fehlenden Dateien in den Eingangsordner legen.',
  ),
  sendUnfinished: refusal(
    true,
    'Somebody still works on the files, or waits for something.',
    'Wait until that is done, or send it all the same and say why.',
    'An den Dateien wird noch gearbeitet, oder es wird auf etwas gewartet.',
    'Warten, bis das erledigt ist, oder trotzdem senden und sagen, warum.',
  ),
  sendByHand: refusal(
    true,
    'Somebody makes the job, or made it, without this file.',
    'Send it if it must be printed too.',
    'Jemand stellt den Auftrag ohne diese Datei her oder hat ihn schon hergestellt.',
    'Senden, wenn sie auch gedruckt werden soll.',
  ),
  sendUnclear: refusal(
    true,
    'It was sent again already, and waits until it is known whether the first one went out.',
    'Look at the printer the first one went to. Send it all the same if it is not there; it may then come out twice.',
    'Die Datei wurde schon noch einmal gesendet und wartet, bis klar ist, ob die erste hinausging.',
    'Am Drucker der ersten nachsehen. Trotzdem senden, wenn sie dort nicht ist; sie kann dann zweimal kommen.',
  ),
  sentAlready: refusal(
    true,
    'It was sent again a moment ago.',
    'Look at the printer first. Send it all the same only if it is to come out once more besides.',
    'Sie wurde gerade eben noch einmal gesendet.',
    'Zuerst am Drucker nachsehen. Nur trotzdem senden, wenn sie außerdem noch einmal kommen soll.',
  ),
  liesElsewhere: refusal(
    true,
    'The file still lies in another hot folder.',
    'Take it out there first, or it is printed at both. Send it all the same if both is meant.',
    'Die Datei liegt noch in einem anderen Hotfolder.',
    'Zuerst dort herausnehmen, sonst wird sie an beiden gedruckt. Trotzdem senden, wenn beides gewollt ist.',
  ),
  liesThere: refusal(
    true,
    'The file still lies in the hot folder.',
    'The printer has it to take; look why it does not. Send it all the same only if it is to come out twice.',
    'Die Datei liegt noch im Hotfolder.',
    'Der Drucker kann sie nehmen; nachsehen, warum er es nicht tut. Nur trotzdem senden, wenn sie zweimal kommen soll.',
  ),
  notAllSent: refusal(
    true,
    'Not all files of the job have gone to the printer yet.',
    'Wait until the others have gone too, or send them again. Go on all the same if the job needs no more: they are then not sent.',
    'Noch sind nicht alle Dateien des Auftrags beim Drucker.',
    'Warten, bis auch die anderen dort sind, oder sie erneut senden. Trotzdem weiter, wenn der Auftrag nicht mehr braucht: Sie werden dann nicht gesendet.',
  ),
  // Taking something back
  notInHistory: refusal(
    false,
    'This is not in the history of the job.',
    'Load the history again.',
    'Das steht nicht im Verlauf des Auftrags.',
    'Den Verlauf neu laden.',
  ),
  undoOfUndo: refusal(
    false,
    'Taking something back cannot itself be taken back.',
    'Set the status anew.',
    'Eine Rücknahme lässt sich nicht zurücknehmen.',
    'Den Status neu setzen.',
  ),
  undoneAlready: refusal(
    false,
    'This was taken back already.',
    'Nothing to do. Load the history again to see by whom.',
    'Das wurde schon zurückgenommen.',
    'Nichts zu tun. Im Verlauf steht, von wem.',
  ),
  undoFact: refusal(
    false,
    'This is what the program or a machine did or saw, and that cannot be taken back.',
    'Say what is true now instead; the history keeps both.',
    'Das hat das Programm oder eine Maschine getan oder gesehen, und das lässt sich nicht zurücknehmen.',
    'Stattdessen sagen, was jetzt stimmt; der Verlauf behält beides.',
  ),
  undoOutOfTurn: refusal(
    false,
    'Something newer has been said since.',
    'Take the newest step back first.',
    'Seitdem wurde Neueres gesagt.',
    'Zuerst den neuesten Schritt zurücknehmen.',
  ),
  undoSent: refusal(
    false,
    'The job has gone to a printer since.',
    'Reject or block it, and say why.',
    'Der Auftrag ist inzwischen beim Drucker.',
    'Ablehnen oder sperren und sagen, warum.',
  ),
  undoToNowhere: refusal(
    false,
    'Before this there was nothing the job could go on from.',
    'Block the job if it must not be made.',
    'Davor war nichts, von dem aus der Auftrag weitergehen könnte.',
    'Den Auftrag sperren, wenn er nicht hergestellt werden soll.',
  ),
  undoTooLate: refusal(
    false,
    'This was said more than a day ago.',
    'Ask the admin to take it back, or set the status anew.',
    'Das wurde vor mehr als einem Tag gesagt.',
    'Den Admin um die Rücknahme bitten oder den Status neu setzen.',
  ),
} as const satisfies Record<string, RefusalEntry>;

export type RefusalName = keyof typeof refusals;
